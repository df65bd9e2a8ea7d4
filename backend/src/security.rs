//! Headers that every answer carries, errors too.

use axum::{
    extract::Request,
    http::{HeaderName, HeaderValue, header::STRICT_TRANSPORT_SECURITY},
    middleware::Next,
    response::Response,
};

/// A page brings its own, wider policy; data needs to load nothing.
const HEADERS: [(&str, &str); 9] = [
    ("content-security-policy", "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("x-frame-options", "DENY"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("cross-origin-embedder-policy", "require-corp"),
    ("permissions-policy", NOTHING),
    ("cache-control", "no-store"),
];

/// Nothing of the device is for us: nobody who got a script into a page could ask for it either.
const NOTHING: &str = "accelerometer=(), autoplay=(), bluetooth=(), browsing-topics=(), camera=(), display-capture=(), \
    encrypted-media=(), fullscreen=(), gamepad=(), geolocation=(), gyroscope=(), hid=(), idle-detection=(), \
    local-fonts=(), magnetometer=(), microphone=(), midi=(), payment=(), picture-in-picture=(), \
    publickey-credentials-get=(), screen-wake-lock=(), serial=(), usb=(), web-share=(), xr-spatial-tracking=()";

/// Two years. Subdomains are other people's.
const TLS_ONLY: HeaderValue = HeaderValue::from_static("max-age=63072000");

/// Adds what the answer does not carry yet.
pub async fn headers(request: Request, next: Next) -> Response {
    // TLS ends at the proxy. Whoever else says so harms nobody: over plain http, browsers do not hear what follows.
    let is_tls = request.headers().get("x-forwarded-proto").is_some_and(|scheme| scheme == "https");
    let mut response = next.run(request).await;
    for (name, value) in HEADERS {
        response.headers_mut().entry(HeaderName::from_static(name)).or_insert(HeaderValue::from_static(value));
    }
    if is_tls {
        response.headers_mut().insert(STRICT_TRANSPORT_SECURITY, TLS_ONLY);
    }
    response
}
