use super::{FORMAT, File, ImportError};

/// Reads the format.
///
/// # Errors
/// [`ImportError::Encoding`] and [`ImportError::Format`].
pub fn read(bytes: &[u8]) -> Result<File, ImportError> {
    // A mark that some programs put before UTF-8.
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|error| ImportError::Encoding(error.valid_up_to()))?;
    let mut json = serde_json::Deserializer::from_str(text);
    let file: File = serde_path_to_error::deserialize(&mut json).map_err(|error| ImportError::Format {
        path: path(&error.path().to_string()),
        what: error.inner().to_string(),
    })?;
    json.end().map_err(|error| ImportError::Format { path: path("."), what: error.to_string() })?;
    if file.format != FORMAT {
        let what = format!("this program reads format {FORMAT}, and the file says {}", file.format);
        return Err(ImportError::Format { path: "format".to_owned(), what });
    }
    Ok(file)
}

fn path(path: &str) -> String {
    if path == "." { "the file".to_owned() } else { path.to_owned() }
}
