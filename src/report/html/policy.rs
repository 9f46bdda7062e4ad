//! What a browser may do with the page: nothing but apply its own style and run its own script.

use super::markup::Markup;
use sha2::{Digest, Sha256};

/// The digits of base 64.
const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The Content-Security-Policy of a page with one style sheet and one script, both named by their digests: even markup
/// that got in could load and run nothing.
pub fn policy(style: &str, script: &str) -> Markup {
    let [style, script] = [style, script].map(|text| format!("'sha256-{}'", base64(&Sha256::digest(text.as_bytes()))));
    let rules =
        format!("default-src 'none'; style-src {style}; script-src {script}; base-uri 'none'; form-action 'none'");
    Markup::empty("meta", &[("http-equiv", "Content-Security-Policy"), ("content", &rules)])
}

fn base64(bytes: &[u8]) -> String {
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let byte = |k: usize| u32::from(chunk.get(k).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for k in 0..4 {
            let digit = DIGITS[(bits >> (18 - 6 * k) & 63) as usize];
            out.push(if k > chunk.len() { '=' } else { char::from(digit) });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::base64;

    #[test]
    fn the_examples_of_the_standard() {
        let found = ["", "f", "fo", "foo", "foob", "fooba", "foobar"].map(|text| base64(text.as_bytes()));
        assert_eq!(found, ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"]);
    }
}
