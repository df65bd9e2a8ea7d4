//! Who may do what: every operation of the API, by every kind of user, on their own ids, on somebody else's and on ids
//! that nobody has. An operation without a row here fails the run; so does an answer that tells what it must not.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, reason = "in a test")]

mod acting;
#[path = "../support/described.rs"]
mod described;
#[path = "../support/made.rs"]
mod made;
mod operations;
mod place;
#[path = "../support/town.rs"]
mod town;
mod users;
#[path = "../support/words.rs"]
mod words;

use axum::http::Method;
use operations::{May, Operation};
use place::{Ids, Place, Relation, Whose};
use town::Answer;
use users::User;

/// What is counted, and what is wrong.
#[derive(Default)]
struct Tally {
    checks: usize,
    leaks: Vec<String>,
}

impl Tally {
    fn check(&mut self, is_right: bool, what: impl FnOnce() -> String) {
        self.checks += 1;
        if !is_right {
            self.leaks.push(what());
        }
    }
}

/// What an answer comes to. A conflict, a missing condition or a rule that is broken means that the case was open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Open,
    SignedOut,
    NotAllowed,
    NotFound,
    Broken,
}

fn outcome(answer: &Answer) -> Outcome {
    match answer.status.as_u16() {
        401 => Outcome::SignedOut,
        403 => Outcome::NotAllowed,
        404 => Outcome::NotFound,
        500.. => Outcome::Broken,
        _ => Outcome::Open,
    }
}

/// What must come of it.
fn expected(operation: &Operation, user: User, whose: Whose, place: &Place) -> Outcome {
    let may = operation.may;
    if may == May::Anybody {
        return Outcome::Open;
    }
    if may == May::Integration {
        return match user {
            User::Register => Outcome::Open,
            User::StaffRegister => Outcome::NotAllowed,
            _ => Outcome::SignedOut,
        };
    }
    if !user.is_signed_in() {
        return Outcome::SignedOut;
    }
    let of = |is_allowed| if is_allowed { Outcome::Open } else { Outcome::NotAllowed };
    // What the session is about has ended: that is told of it alone.
    if user.has_acted() && whose == Whose::Me && operation.has_subject() {
        return Outcome::NotAllowed;
    }
    match may {
        May::Turn if !user.is_citizen() => Outcome::NotAllowed,
        May::Turn if matches!(user, User::Anna | User::Representative) => Outcome::Open,
        May::Turn => Outcome::NotFound,
        May::Anybody | May::SignedIn | May::Integration => Outcome::Open,
        May::Employee => of(!user.is_citizen()),
        May::Lead => of(matches!(user, User::Lead | User::LeadElsewhere | User::LeadWithReason)),
        May::Administrator => of(user == User::Administrator),
        May::CaseEmployeeOrLead
            if matches!(user, User::Lead | User::LeadWithReason) && matches!(whose, Whose::Annas | Whose::Bos) =>
        {
            Outcome::Open
        }
        _ => match place.relation(user, whose) {
            None => Outcome::NotFound,
            // Whoever only looks changes nothing, whatever it is.
            Some(Relation::Looks) if operation.method != Method::GET => of(may == May::CaseEmployeeOrLead),
            Some(_) if matches!(may, May::Case | May::CaseOwnSide) => Outcome::Open,
            Some(relation) if may == May::CaseInPerson => of(relation != Relation::Representative),
            Some(Relation::Looks) => of(matches!(may, May::CaseEmployeeOrLead | May::CaseEmployee)),
            Some(Relation::Representative) => of(may == May::Citizen),
            Some(relation) if may == May::CasePlan => of(!relation.is_citizen() && user != User::Participant),
            Some(relation) => of(relation.is_citizen() == matches!(may, May::Citizen | May::CitizenAlone)),
        },
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_gets_more_than_their_own() {
    let place = Place::new().await;
    let operations = operations::all();
    let mut tally = Tally::default();
    for operation in &operations {
        for user in User::ALL {
            whose_case(&place, operation, user, &mut tally).await;
            what_in_the_case(&place, operation, user, &mut tally).await;
        }
    }
    for leak in &tally.leaks {
        println!("{leak}");
    }
    let (operations, users) = (operations.len(), User::ALL.len());
    println!("operations {operations} users {users} checks {} leaks {}", tally.checks, tally.leaks.len());
    assert!(tally.leaks.is_empty() && users >= 10 && tally.checks > 1000);
}

/// The same operation on one's own case, on others', and on a case that nobody has.
async fn whose_case(place: &Place, operation: &Operation, user: User, tally: &mut Tally) {
    let mut foreign: Vec<(Whose, Answer)> = Vec::new();
    for whose in if operation.has_subject() { &Whose::ALL[..] } else { &Whose::ALL[..1] } {
        for condition in operation.conditions() {
            let answer = place.ask(operation, user, *whose, Ids::Own, condition).await;
            let (is, must_be) = (outcome(&answer), expected(operation, user, *whose, place));
            let is_own_side = operation.may == May::CaseOwnSide && must_be == Outcome::Open;
            tally.check(is == must_be || is_own_side && is == Outcome::NotAllowed, || {
                format!("{operation}, {user:?}, {whose:?}: {is:?}, not {must_be:?}")
            });
            let is_closed =
                place.relation(user, *whose).is_none() && !matches!(must_be, Outcome::NotAllowed | Outcome::Open);
            let told = place.told(user, operation, &answer);
            tally.check(told.is_empty(), || format!("{operation}, {user:?}, {whose:?}: tells {told:?}"));
            if is_closed && condition == operation.conditions()[0] {
                foreign.push((*whose, answer));
            }
        }
    }
    for pair in foreign.windows(2) {
        let [(one, this), (other, that)] = pair else { continue };
        tally.check(looks_like(this, that), || format!("{operation}, {user:?}: {one:?} and {other:?} differ"));
    }
}

/// In a case that is open: a thing of somebody else's, one that is hidden, and one that nobody has.
async fn what_in_the_case(place: &Place, operation: &Operation, user: User, tally: &mut Tally) {
    if !operation.has_item() || place.relation(user, Whose::Annas).is_none() {
        return;
    }
    let condition = if operation.method == Method::GET { None } else { Some(("if-match", "\"1\"")) };
    let bos = place.ask(operation, user, Whose::Annas, Ids::Bos, condition).await;
    let nobodys = place.ask(operation, user, Whose::Annas, Ids::Nobodys, condition).await;
    tally.check(looks_like(&bos, &nobodys), || {
        format!("{operation}, {user:?}: another's thing, {}, and nobody's, {}, differ", bos.text(), nobodys.text())
    });
    if place.is_health_closed_to(user) {
        let hidden = place.ask(operation, user, Whose::Annas, Ids::Hidden, condition).await;
        tally.check(looks_like(&hidden, &nobodys), || {
            format!(
                "{operation}, {user:?}: what is hidden, {}, and nobody's, {}, differ",
                hidden.text(),
                nobodys.text()
            )
        });
    }
    let told = place.told(user, operation, &bos);
    tally.check(told.is_empty(), || format!("{operation}, {user:?}: another's thing tells {told:?}"));
}

/// The same to whoever guesses: status, words, and what stands above them.
fn looks_like(one: &Answer, other: &Answer) -> bool {
    let names = |answer: &Answer| {
        let mut names: Vec<_> = answer.headers.iter().map(|(name, value)| (name.clone(), value.clone())).collect();
        names.sort_by(|one, other| one.0.as_str().cmp(other.0.as_str()));
        names
    };
    (one.status, &one.body, names(one)) == (other.status, &other.body, names(other))
}
