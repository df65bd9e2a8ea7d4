//! Compresses once, at the highest quality, what the server sends again and again.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use flate2::{Compression, write::GzEncoder};
use walkdir::WalkDir;

/// Pages are filled in by the server when it starts, which compresses them itself; the rest is compressed already.
const LEFT_ALONE: [&str; 7] = ["html", "woff2", "png", "jpg", "webp", "br", "gz"];

/// Writes `FILE.br` and `FILE.gz` beside every file that gets smaller by it.
pub fn folder(folder: &Path) -> Result<()> {
    for entry in WalkDir::new(folder) {
        let entry = entry?;
        let extension = entry.path().extension().and_then(|extension| extension.to_str()).unwrap_or_default();
        if entry.file_type().is_file() && !LEFT_ALONE.contains(&extension) {
            file(entry.path()).with_context(|| format!("could not compress {}", entry.path().display()))?;
        }
    }
    Ok(())
}

fn file(path: &Path) -> Result<()> {
    let plain = fs::read(path)?;
    keep_if_smaller(path, "br", &brotli(&plain)?, plain.len())?;
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(&plain)?;
    keep_if_smaller(path, "gz", &gzip.finish()?, plain.len())
}

/// At quality 11.
pub fn brotli(mut plain: &[u8]) -> Result<Vec<u8>> {
    let parameters = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    let mut small = Vec::new();
    brotli::BrotliCompress(&mut plain, &mut small, &parameters)?;
    Ok(small)
}

fn keep_if_smaller(path: &Path, extension: &str, small: &[u8], plain: usize) -> Result<()> {
    if small.len() < plain {
        let mut name = path.as_os_str().to_owned();
        name.push(".");
        name.push(extension);
        File::create(PathBuf::from(name))?.write_all(small)?;
    }
    Ok(())
}
