//! SHA-256 of files, in hexadecimal.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use sha2::{Digest, Sha256};

/// Of some bytes.
pub fn of_bytes(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// Of a file, and how many bytes it has.
///
/// # Errors
/// What the system says.
pub fn of_file(path: &Path) -> std::io::Result<(String, u64)> {
    let mut file = File::open(path)?;
    let (mut hasher, mut bytes) = (Sha256::new(), 0);
    let mut chunk = vec![0; 64 << 10];
    loop {
        match file.read(&mut chunk)? {
            0 => return Ok((hexadecimal(&hasher.finalize()), bytes)),
            n => {
                hasher.update(&chunk[..n]);
                bytes += n as u64;
            }
        }
    }
}

/// Of a regular file; `None` where there is nothing, or something else.
pub fn of_regular(path: &Path) -> std::io::Result<Option<String>> {
    match path.symlink_metadata() {
        Ok(meta) if meta.is_file() => of_file(path).map(|(digest, _)| Some(digest)),
        Ok(_) => Ok(None),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Bytes as hexadecimal digits.
pub fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// Closes a document of JSON with the digest of all before it, so that a later change of it shows.
pub fn seal(document: &str) -> String {
    let body = document.trim_end().trim_end_matches('}').trim_end();
    format!("{body}{MARK}{}\"\n}}\n", of_bytes(body.as_bytes()))
}

/// Whether a sealed document is as it was.
pub fn is_sealed(text: &str) -> bool {
    let Some((body, rest)) = text.rsplit_once(MARK) else { return false };
    rest == format!("{}\"\n}}\n", of_bytes(body.as_bytes()))
}

const MARK: &str = ",\n  \"sha256_of_the_above\": \"";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seal_shows_any_change() {
        let sealed = seal("{\n  \"a\": {\n    \"b\": {}\n  }\n}\n");
        assert!(is_sealed(&sealed) && serde_json::from_str::<serde_json::Value>(&sealed).is_ok(), "{sealed}");
        for i in 0..sealed.len() {
            let mut bytes = sealed.clone().into_bytes();
            bytes[i] ^= 1;
            assert!(!std::str::from_utf8(&bytes).is_ok_and(is_sealed), "byte {i}");
        }
        assert!(!is_sealed(&sealed[..sealed.len() - 1]) && !is_sealed(""));
    }
}
