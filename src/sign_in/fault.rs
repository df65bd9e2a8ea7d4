use contract::LoginFault;

use crate::tr;

/// What came of a login, and what one can do. Employees have a login of their own, and nobody to call.
pub(super) fn words(fault: LoginFault, phone: &str, is_staff: bool) -> (String, String) {
    let phone = phone.to_owned();
    let (title, text) = match fault {
        LoginFault::Aborted => (tr!(sign_in.aborted_title), tr!(sign_in.aborted).to_owned()),
        LoginFault::Level if is_staff => (tr!(sign_in.level_title), tr!(sign_in.level_staff).to_owned()),
        LoginFault::Unknown if is_staff => (tr!(sign_in.unknown_title), tr!(sign_in.unknown_staff).to_owned()),
        LoginFault::Down if is_staff => (tr!(sign_in.down_title), tr!(sign_in.down_staff).to_owned()),
        LoginFault::Other if is_staff => (tr!(sign_in.other_title), tr!(sign_in.other_staff).to_owned()),
        LoginFault::Level => (tr!(sign_in.level_title), tr!(sign_in.level, phone = phone)),
        LoginFault::Unknown => (tr!(sign_in.unknown_title), tr!(sign_in.unknown, phone = phone)),
        LoginFault::Role => (tr!(sign_in.role_title), tr!(sign_in.role).to_owned()),
        LoginFault::Expired => (tr!(sign_in.expired_title), tr!(sign_in.expired).to_owned()),
        LoginFault::Down => (tr!(sign_in.down_title), tr!(sign_in.down, phone = phone)),
        LoginFault::TooMany => (tr!(sign_in.too_many_title), tr!(sign_in.too_many).to_owned()),
        LoginFault::Other => (tr!(sign_in.other_title), tr!(sign_in.other, phone = phone)),
    };
    (title.to_owned(), text)
}
