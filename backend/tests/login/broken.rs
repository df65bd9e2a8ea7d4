//! Everything that can be wrong with an answer, one line each. All are refused with a page, and nobody is signed in.

use jsonwebtoken::Algorithm as A;
use serde_json::{Value, json};

use crate::{
    house::{Browser, GONE, House, LOW, Login, Who},
    issuer::Key,
};

/// What is wrong, what the person is told, and how it is done.
type Case = (&'static str, &'static str, fn(&mut Login));

const FOREIGN: Key = Key::Named("foreign");

#[rustfmt::skip]
const TOKENS: &[Case] = &[
    // The header and the signature.
    ("alg none, no signature", "fejl", |it| it.sign("none", "one", Key::Nothing, A::RS256)),
    ("alg NONE, no signature", "fejl", |it| it.sign("NONE", "one", Key::Nothing, A::RS256)),
    ("alg none, signed", "fejl", |it| it.sign("none", "one", Key::Named("one"), A::RS256)),
    ("HS256 with the client's secret", "fejl", |it| it.sign("HS256", "one", Key::Secret, A::HS256)),
    ("HS512 with the client's secret", "fejl", |it| it.sign("HS512", "one", Key::Secret, A::HS512)),
    ("HS256 with the public key's text", "fejl", |it| it.sign("HS256", "one", Key::PublicText, A::HS256)),
    ("RS384", "fejl", |it| it.sign("RS384", "one", Key::Named("one"), A::RS384)),
    ("RS512", "fejl", |it| it.sign("RS512", "one", Key::Named("one"), A::RS512)),
    ("PS384", "fejl", |it| it.sign("PS384", "one", Key::Named("one"), A::PS384)),
    ("ES384", "fejl", |it| it.sign("ES384", "p384", Key::Named("p384"), A::ES384)),
    ("ES256 with a key of another curve", "fejl", |it| it.sign("ES256", "p384", Key::Named("p384"), A::ES384)),
    ("ES256 with an RSA key's name", "fejl", |it| it.sign("ES256", "one", Key::Named("p256"), A::ES256)),
    ("RS256 signed as PS256", "fejl", |it| it.sign("RS256", "one", Key::Named("one"), A::PS256)),
    ("EdDSA claimed", "fejl", |it| it.head("alg", "EdDSA")),
    ("an encryption claimed", "fejl", |it| it.head("alg", "A128GCM")),
    ("alg missing", "fejl", |it| { it.header.remove("alg"); }),
    ("alg a number", "fejl", |it| it.head("alg", 1)),
    ("kid unknown", "fejl", |it| it.sign("RS256", "three", Key::Named("one"), A::RS256)),
    ("kid of another key", "fejl", |it| it.head("kid", "two")),
    ("kid missing where several fit", "fejl", |it| { it.header.remove("kid"); }),
    ("kid an address", "fejl", |it| it.head("kid", "../../keys/one.pem")),
    ("crit", "fejl", |it| it.head("crit", json!(["exp"]))),
    ("a foreign key by a known name", "fejl", |it| it.key = FOREIGN),
    ("a foreign key in the header", "fejl", |it| { it.key = FOREIGN; it.head("jwk", crate::issuer::public("foreign")); }),
    ("a foreign key in the header, by its own name", "fejl", |it| { it.sign("RS256", "foreign", FOREIGN, A::RS256); it.head("jwk", crate::issuer::public("foreign")); }),
    ("a foreign key by jku", "fejl", |it| { it.key = FOREIGN; it.head("jku", "https://evil.example/keys"); }),
    ("a foreign key by x5u", "fejl", |it| { it.key = FOREIGN; it.head("x5u", "https://evil.example/cert"); }),
    ("a foreign key by x5c", "fejl", |it| { it.key = FOREIGN; it.head("x5c", json!(["AAAA"])); }),
    ("the signature empty", "fejl", |it| it.mangle = |token| format!("{}.", token.rsplit_once('.').unwrap().0)),
    ("the signature cut off", "fejl", |it| it.mangle = |token| token[..token.len() - 8].to_owned()),
    ("the signature one letter long", "fejl", |it| it.mangle = |token| format!("{}.A", token.rsplit_once('.').unwrap().0)),
    ("an ES256 signature cut off", "fejl", |it| { it.sign("ES256", "p256", Key::Named("p256"), A::ES256); it.mangle = |token| token[..token.len() - 8].to_owned(); }),
    ("an ES256 signature of nothing but zeros", "fejl", |it| { it.sign("ES256", "p256", Key::Named("p256"), A::ES256); it.mangle = |token| format!("{}.{}", token.rsplit_once('.').unwrap().0, "A".repeat(86)); }),
    ("claims changed after signing", "fejl", |it| it.mangle = |token| swapped(&token, 1, &json!({ "iss": "x", "aud": "plan", "sub": "bo", "exp": 9_999_999_999_i64, "iat": 0 }))),
    ("header changed after signing", "fejl", |it| it.mangle = |token| swapped(&token, 0, &json!({ "alg": "RS256", "kid": "one" }))),
    ("five parts, as when encrypted", "fejl", |it| it.mangle = |token| format!("{token}.AAAA.AAAA")),
    ("four parts", "fejl", |it| it.mangle = |token| format!("{token}.AAAA")),
    ("two parts", "fejl", |it| it.mangle = |token| token.rsplit_once('.').unwrap().0.to_owned()),
    ("one part twice", "fejl", |it| it.mangle = |token| { let parts: Vec<_> = token.split('.').collect(); format!("{}.{}.{}", parts[0], parts[0], parts[2]) }),
    ("claims that are no base64", "fejl", |it| it.mangle = |token| raw(&token, 1, "%%%%")),
    ("claims that are no JSON", "fejl", |it| it.mangle = |token| raw(&token, 1, "aGVq")),
    ("claims that are a list", "fejl", |it| it.mangle = |token| swapped(&token, 1, &json!([1, 2]))),
    ("a header that is no JSON", "fejl", |it| it.mangle = |token| raw(&token, 0, "aGVq")),
    ("a signature with padding", "fejl", |it| it.mangle = |token| token + "=="),
    ("an empty token", "fejl", |it| it.mangle = |_| String::new()),
    ("typ of an access token", "fejl", |it| it.head("typ", "at+jwt")),
    ("typ of a logout token", "fejl", |it| it.head("typ", "logout+jwt")),
    // Who says it, and to whom.
    ("iss missing", "fejl", |it| it.claim("iss", GONE)),
    ("iss of another", "fejl", |it| it.claim("iss", "https://evil.example")),
    ("iss with one stroke more", "fejl", |it| { let iss = it.claims["iss"].as_str().unwrap().to_owned() + "/"; it.claim("iss", iss); }),
    ("iss a list", "fejl", |it| { let iss = json!([it.claims["iss"]]); it.claim("iss", iss); }),
    ("aud missing", "fejl", |it| it.claim("aud", GONE)),
    ("aud another client", "fejl", |it| it.claim("aud", "andet")),
    ("aud with another client beside", "fejl", |it| it.claim("aud", json!(["plan", "andet"]))),
    ("aud an empty list", "fejl", |it| it.claim("aud", json!([]))),
    ("aud a number", "fejl", |it| it.claim("aud", 1)),
    ("azp another client", "fejl", |it| it.claim("azp", "andet")),
    ("azp a list", "fejl", |it| it.claim("azp", json!(["plan"]))),
    // When.
    ("exp missing", "fejl", |it| it.claim("exp", GONE)),
    ("exp past, beyond what clocks may differ", "fejl", |it| { let at = it.claims["iat"].as_i64().unwrap() - 61; it.claim("exp", at); }),
    ("exp a word", "fejl", |it| it.claim("exp", "aldrig")),
    ("iat missing", "fejl", |it| it.claim("iat", GONE)),
    ("iat to come, beyond what clocks may differ", "fejl", |it| { let at = it.claims["iat"].as_i64().unwrap() + 61; it.claim("iat", at); }),
    ("nbf to come", "fejl", |it| { let at = it.claims["iat"].as_i64().unwrap() + 61; it.claim("nbf", at); }),
    ("nbf a word", "fejl", |it| it.claim("nbf", "nu")),
    ("nonce missing", "fejl", |it| it.claim("nonce", GONE)),
    ("nonce wrong", "fejl", |it| it.claim("nonce", "en-anden")),
    ("nonce empty", "fejl", |it| it.claim("nonce", "")),
    ("nonce a list", "fejl", |it| it.claim("nonce", json!(["a"]))),
    ("auth_time to come", "fejl", |it| { let at = it.claims["iat"].as_i64().unwrap() + 61; it.claim("auth_time", at); }),
    ("auth_time missing, though the person was to show who they are", "fejl", |it| it.claim("auth_time", GONE)),
    ("auth_time from before it began", "fejl", |it| { let at = it.claims["iat"].as_i64().unwrap() - 61; it.claim("auth_time", at); }),
    ("a fresh login asked for, auth_time missing", "fejl", |it| { it.start = "frisk=1".to_owned(); it.claim("auth_time", GONE); }),
    ("a fresh login asked for, auth_time old", "fejl", |it| { it.start = "frisk=1".to_owned(); let at = it.claims["iat"].as_i64().unwrap() - 361; it.claim("auth_time", at); }),
    ("a fresh login asked for, auth_time a word", "fejl", |it| { it.start = "frisk=1".to_owned(); it.claim("auth_time", "nu"); }),
    // Who it is about.
    ("sub missing", "fejl", |it| it.claim("sub", GONE)),
    ("sub empty", "fejl", |it| { it.claim("sub", ""); it.userinfo = Some((200, json!({ "sub": "", "dk.cpr": "9913010001" }))); }),
    ("sub too long", "fejl", |it| it.claim("sub", "a".repeat(256))),
    ("sub a number", "fejl", |it| it.claim("sub", 1)),
    ("sub with a control character", "fejl", |it| it.claim("sub", "a\nb")),
    ("sid a number", "fejl", |it| it.claim("sid", 1)),
    ("UserInfo of somebody else", "fejl", |it| it.userinfo = Some((200, json!({ "sub": "bo", "dk.cpr": "9913010001" })))),
    ("UserInfo of nobody", "fejl", |it| it.userinfo = Some((200, json!({ "dk.cpr": "9913010001" })))),
    ("UserInfo a list", "fejl", |it| it.userinfo = Some((200, json!([])))),
    ("UserInfo refuses", "nede", |it| it.userinfo = Some((401, json!({})))),
    ("UserInfo fails", "nede", |it| it.userinfo = Some((500, json!({})))),
    // How sure it is.
    ("level missing", "niveau", |it| it.claim("acr", GONE)),
    ("level low", "niveau", |it| it.claim("acr", LOW)),
    ("level a list", "fejl", |it| it.claim("acr", json!([crate::house::SUBSTANTIAL]))),
    ("level in other letters", "niveau", |it| it.claim("acr", crate::house::SUBSTANTIAL.to_uppercase())),
    ("level a short word", "niveau", |it| it.claim("acr", "Substantial")),
    ("level said by UserInfo only", "niveau", |it| { it.claim("acr", GONE); it.userinfo = Some((200, json!({ "sub": "anna-hos-udbyder", "dk.cpr": "9913010001", "acr": crate::house::SUBSTANTIAL }))); }),
    // Whether it is one of ours.
    ("no CPR number", "ukendt", |it| it.userinfo = Some((200, json!({ "sub": "anna-hos-udbyder" })))),
    ("a CPR number too short", "fejl", |it| it.userinfo = Some((200, json!({ "sub": "anna-hos-udbyder", "dk.cpr": "991301000" })))),
    ("a CPR number as a number", "fejl", |it| it.userinfo = Some((200, json!({ "sub": "anna-hos-udbyder", "dk.cpr": 9_913_010_001_i64 })))),
    ("a CPR number of somebody unknown", "ukendt", |it| it.userinfo = Some((200, json!({ "sub": "anna-hos-udbyder", "dk.cpr": "9913019999" })))),
    ("the ID token's number against UserInfo's", "ukendt", |it| it.claim("dk.cpr", "9913019999")),
];

#[rustfmt::skip]
const ANSWERS: &[Case] = &[
    // The token endpoint.
    ("tokens: 500", "nede", |it| it.status = 500),
    ("tokens: 503", "nede", |it| it.status = 503),
    ("tokens: 404", "fejl", |it| it.status = 404),
    ("tokens: a redirect", "fejl", |it| { it.status = 307; it.location = Some("https://evil.example/token".to_owned()); }),
    ("tokens: no JSON", "fejl", |it| it.body = Some("hej".to_owned())),
    ("tokens: a page", "fejl", |it| { it.kind = "text/html"; it.body = Some("<h1>Hej</h1>".to_owned()); }),
    ("tokens: nothing", "fejl", |it| it.body = Some(String::new())),
    ("tokens: without an ID token", "fejl", |it| it.body = Some(json!({ "access_token": "adgang", "token_type": "Bearer" }).to_string())),
    ("tokens: without an access token", "fejl", |it| it.body = Some(json!({ "id_token": "a.b.c", "token_type": "Bearer" }).to_string())),
    ("tokens: endless", "nede", |it| it.body = Some("x".repeat(1024 * 1024 + 1))),
    ("tokens: invalid_client", "fejl", |it| { it.status = 401; it.body = Some(json!({ "error": "invalid_client" }).to_string()); }),
    ("tokens: invalid_grant", "udloebet", |it| { it.status = 400; it.body = Some(json!({ "error": "invalid_grant" }).to_string()); }),
    // What the browser brings back.
    ("answer: iss of another", "fejl", |it| it.answer = |query| query[2].1 = "https://evil.example".to_owned()),
    ("answer: no iss, though the provider says that there is one", "fejl", |it| it.answer = |query| { query.pop(); }),
    ("answer: iss twice", "fejl", |it| it.answer = |query| query.push(query[2].clone())),
    ("answer: no code", "fejl", |it| it.answer = |query| { query.remove(0); }),
    ("answer: a code of nobody", "udloebet", |it| it.answer = |query| query[0].1 = "gaet".to_owned()),
    ("answer: a code twice", "fejl", |it| it.answer = |query| query.push(query[0].clone())),
    ("answer: a code and an error", "afbrudt", |it| it.answer = |query| query.push(("error".to_owned(), "access_denied".to_owned()))),
    ("answer: given up", "afbrudt", |it| it.answer = |query| query[0] = ("error".to_owned(), "access_denied".to_owned())),
    ("answer: given up, of another provider", "fejl", |it| it.answer = |query| { query[0] = ("error".to_owned(), "access_denied".to_owned()); query[2].1 = "https://evil.example".to_owned(); }),
    ("answer: the provider fails", "nede", |it| it.answer = |query| query[0] = ("error".to_owned(), "temporarily_unavailable".to_owned())),
    ("answer: an error with markup", "fejl", |it| it.answer = |query| query[0] = ("error".to_owned(), "<script>".to_owned())),
    ("answer: no state", "udloebet", |it| it.answer = |query| { query.remove(1); }),
    ("answer: a state of nobody", "udloebet", |it| it.answer = |query| query[1].1 = "A".repeat(43)),
    ("answer: state twice", "fejl", |it| it.answer = |query| query.push(query[1].clone())),
    ("answer: nothing", "udloebet", |it| it.answer = Vec::clear),
    ("answer: in a browser without the cookie", "udloebet", |it| it.cookie = |_| String::new()),
    ("answer: in another browser", "udloebet", |it| it.cookie = |_| "B".repeat(43)),
    ("answer: after a quarter of an hour", "udloebet", |it| it.waits = 901),
    ("answer: at the other login", "fejl", |it| it.answered_by = Who::Employee),
    ("answer: a code of the other provider", "udloebet", |it| it.code_at = Who::Employee),
];

fn raw(token: &str, place: usize, text: &str) -> String {
    let mut parts: Vec<&str> = token.split('.').collect();
    parts[place] = text;
    parts.join(".")
}

fn swapped(token: &str, place: usize, fields: &Value) -> String {
    use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
    raw(token, place, &URL_SAFE_NO_PAD.encode(fields.to_string()))
}

/// How many ways there are at least: a line that is lost is noticed.
const AT_LEAST: usize = 120;

#[tokio::test]
async fn more_than_forty_broken_answers_are_refused_with_a_page_and_without_a_session() {
    let cases: Vec<&Case> = TOKENS.iter().chain(ANSWERS).collect();
    assert!(TOKENS.len() >= 40 && cases.len() >= AT_LEAST, "{} and {}", TOKENS.len(), cases.len());
    let house = House::new().await;
    let mut wrong = Vec::new();
    for (name, word, breaks) in &cases {
        let mut login = house.login(Who::Citizen);
        breaks(&mut login);
        let answered = house.go(&login, &mut Browser::default()).await;
        let is_refused = answered.status.as_u16() == 303 && !answered.begins_a_session();
        if !is_refused || answered.fault().as_deref() != Some(word) {
            wrong.push(format!("{name}: {} {} instead of {word}", answered.status, answered.place()));
        }
        let text = format!("{:?}", answered.headers) + &String::from_utf8_lossy(&answered.body);
        assert!(!text.contains("99130"), "{name}: no number anywhere");
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(house.counts().await, (0, 0), "nobody is signed in, and nobody is known by a broken token");
    assert!(house.go(&house.login(Who::Citizen), &mut Browser::default()).await.begins_a_session(), "unbroken");
    println!("{} broken answers are refused, {} of them tokens", cases.len(), TOKENS.len());
}

#[tokio::test]
async fn an_answer_is_taken_once() {
    let house = House::new().await;
    let mut browser = Browser::default();
    assert!(house.go(&house.login(Who::Citizen), &mut browser.clone()).await.begins_a_session());
    // The whole answer again, with the cookie that it came with.
    browser.get(&house.router, "/login/borger").await;
    let cookie = browser.cookies["__Host-rt_login"].clone();
    let mut first = browser.clone();
    let answered = house.go(&house.login(Who::Citizen), &mut first).await;
    assert!(answered.begins_a_session());
    for router in [house.router.clone(), house.beside()] {
        let mut again = Browser::default();
        again.cookies.insert("__Host-rt_login".to_owned(), cookie.clone());
        let answered = again.get(&router, &first.last).await;
        assert_eq!((answered.fault().as_deref(), answered.begins_a_session()), (Some("udloebet"), false));
    }
}

#[tokio::test]
async fn clocks_may_differ_by_a_minute() {
    let house = House::new().await;
    for (name, by) in [("exp", -59), ("iat", 60), ("nbf", 60), ("auth_time", 60)] {
        let mut login = house.login(Who::Citizen);
        let now = login.claims["iat"].as_i64().unwrap();
        login.claim(name, now + by);
        assert!(house.go(&login, &mut Browser::default()).await.begins_a_session(), "{name}");
    }
}

#[tokio::test]
async fn another_instance_finishes_a_login_and_the_way_back_is_kept_when_it_fails() {
    let house = House::new().await;
    let mut browser = Browser::default();
    let mut other = House { router: house.beside(), ..house };
    assert!(other.go(&other.login(Who::Citizen), &mut browser).await.begins_a_session());
    other.router = other.beside();
    let mut login = other.login(Who::Citizen);
    login.answer = |query| query[0] = ("error".to_owned(), "access_denied".to_owned());
    let answered = other.go(&login, &mut Browser::default()).await;
    assert_eq!(answered.place(), "/log-ind?fejl=afbrudt&til=%2Fplan");
}
