use std::{
    io::{self, Write as _},
    path::Path,
};

use axum::{
    body::{Body, Bytes},
    http::{
        HeaderMap, HeaderName, HeaderValue, StatusCode,
        header::{
            ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG,
            IF_NONE_MATCH, VARY,
        },
    },
    response::{IntoResponse as _, Response},
};
use sha2::{Digest as _, Sha256};

/// How long a browser may keep an answer without asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cache {
    /// The name changes with the content.
    Forever,
    /// The query changes with the content.
    ByQuery,
    /// Ask each time whether it is still the same.
    Revalidate,
}

/// One answer, in each encoding that there is.
#[derive(Debug)]
pub(super) struct Stored {
    kind: HeaderValue,
    cache: Cache,
    vary: &'static str,
    /// Pages only: what they may load.
    policy: Option<HeaderValue>,
    /// The smallest first; the plain one last.
    encodings: Vec<Encoded>,
}

#[derive(Debug)]
struct Encoded {
    name: Option<&'static str>,
    bytes: Bytes,
    etag: String,
}

impl Stored {
    /// A file and, beside it, what the build has compressed.
    pub(super) fn read(path: &Path, cache: Cache) -> io::Result<Self> {
        let mut encodings = Vec::new();
        for (name, ending) in [("br", ".br"), ("gzip", ".gz")] {
            let mut beside = path.as_os_str().to_owned();
            beside.push(ending);
            match std::fs::read(beside) {
                Ok(bytes) => encodings.push(Encoded::new(Some(name), bytes)),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
        }
        encodings.push(Encoded::new(None, std::fs::read(path)?));
        let mime = mime_guess::from_path(path).first_or_octet_stream();
        let kind = if mime.type_() == "text" { format!("{mime}; charset=utf-8") } else { mime.to_string() };
        Ok(Self { kind: header(&kind), cache, vary: "accept-encoding", policy: None, encodings })
    }

    /// Something made at start.
    pub(super) fn compress(kind: &str, text: String, cache: Cache) -> Self {
        let mut encodings = Vec::new();
        let mut brotli = brotli::CompressorWriter::new(Vec::new(), 4096, 11, 22);
        if brotli.write_all(text.as_bytes()).is_ok() {
            encodings.push(Encoded::new(Some("br"), brotli.into_inner()));
        }
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        if gzip.write_all(text.as_bytes()).is_ok()
            && let Ok(bytes) = gzip.finish()
        {
            encodings.push(Encoded::new(Some("gzip"), bytes));
        }
        encodings.push(Encoded::new(None, text.into_bytes()));
        Self { kind: header(kind), cache, vary: "accept-encoding", policy: None, encodings }
    }

    /// The same as a page, which is in a language and may load what `policy` says.
    pub(super) fn into_page(self, policy: &str) -> Self {
        Self { policy: Some(header(policy)), vary: "accept-encoding, cookie", ..self }
    }

    pub(super) fn answer(&self, query: Option<&str>, headers: &HeaderMap) -> Response {
        let accepted = headers.get(ACCEPT_ENCODING).and_then(|it| it.to_str().ok()).unwrap_or_default();
        let chosen = self.encodings.iter().find(|it| it.name.is_none_or(|name| accepts(accepted, name)));
        let Some(chosen) = chosen else { return StatusCode::NOT_ACCEPTABLE.into_response() };
        let cache = match self.cache {
            Cache::Forever => "public, max-age=31536000, immutable",
            Cache::ByQuery if query.is_some() => "public, max-age=31536000, immutable",
            Cache::ByQuery | Cache::Revalidate => "no-cache",
        };
        let asked = headers.get_all(IF_NONE_MATCH).iter().filter_map(|it| it.to_str().ok());
        let is_known = asked
            .flat_map(|it| it.split(','))
            .map(str::trim)
            .any(|tag| tag == "*" || tag.trim_start_matches("W/") == chosen.etag);
        let mut response = if is_known {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            Body::from(chosen.bytes.clone()).into_response()
        };
        let mut put = |name: HeaderName, value: HeaderValue| response.headers_mut().insert(name, value);
        put(CACHE_CONTROL, HeaderValue::from_static(cache));
        put(VARY, HeaderValue::from_static(self.vary));
        put(ETAG, header(&chosen.etag));
        if let Some(policy) = &self.policy {
            put(CONTENT_SECURITY_POLICY, policy.clone());
        }
        if !is_known {
            put(CONTENT_TYPE, self.kind.clone());
            if let Some(name) = chosen.name {
                put(CONTENT_ENCODING, HeaderValue::from_static(name));
            }
        }
        response
    }
}

impl Encoded {
    fn new(name: Option<&'static str>, bytes: Vec<u8>) -> Self {
        let etag = format!("\"{}\"", hash(&bytes));
        Self { name, bytes: bytes.into(), etag }
    }
}

/// Whether `Accept-Encoding` names this encoding and does not forbid it.
fn accepts(accepted: &str, encoding: &str) -> bool {
    accepted.split(',').any(|part| {
        let mut words = part.split(';').map(str::trim);
        words.next().is_some_and(|name| name.eq_ignore_ascii_case(encoding))
            && !words.any(|word| word.strip_prefix("q=").is_some_and(|q| q.parse() == Ok(0.0)))
    })
}

/// A short name for a content.
pub(super) fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(12).map(|byte| format!("{byte:02x}")).collect()
}

fn header(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static(""))
}
