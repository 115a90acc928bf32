//! Texts in every encoding that people's editors write, there and back.

use proptest::prelude::*;

use super::*;

/// The bytes of a text as an editor saves it.
fn saved(text: &str, coding: Coding, is_marked: bool) -> Vec<u8> {
    let mark = if is_marked && coding != Coding::Windows1252 { "\u{feff}" } else { "" };
    coding.bytes(&format!("{mark}{text}")).unwrap().into_owned()
}

fn check(bytes: &[u8], expected: Option<&str>, flaw: Option<Flaw>) {
    let decoded = decode(bytes.to_vec());
    assert_eq!(decoded.as_ref().map(|decoded| decoded.text.as_str()), expected, "{bytes:?}");
    assert_eq!(decoded.and_then(|decoded| decoded.flaw), flaw, "{bytes:?}");
}

#[test]
fn text_is_decoded_as_editors_do() {
    check(b"", Some(""), None);
    check(b"\xef\xbb\xbf# Caf\xc3\xa9", Some("# Café"), None);
    check("# Café 读".as_bytes(), Some("# Café 读"), None);
    check(b"\xff\xfe#\0\xe9\0", Some("#é"), None);
    check(b"\xfe\xff\0#\0\xe9", Some("#é"), None);
    for coding in [Coding::Utf16Le, Coding::Utf16Be] {
        check(
            &saved("# 读\n- [论文](https://a.example)\n", coding, false),
            Some("# 读\n- [论文](https://a.example)\n"),
            None,
        );
    }
    check(b"# Caf\xe9 \x93x\x94", Some("# Café “x”"), Some(Flaw::Windows1252(5)));
}

#[test]
fn damage_in_a_text_spoils_no_other_letter_of_it() {
    check("é ü \u{0}".replace('\0', "ö").as_bytes(), Some("é ü ö"), None);
    check(b"\xc3\xa9 \xc3\xbc \xff!", Some("é ü \u{fffd}!"), Some(Flaw::Damage(6)));
    check(b"\xef\xbb\xbf# \xff", Some("# \u{fffd}"), Some(Flaw::Damage(2)));
    check(b"\xff\xfe#\0\0\xd8a\0", Some("#\u{fffd}a"), Some(Flaw::Damage(1)));
    check(b"\xff\xfe#\0a", Some("#\u{fffd}"), Some(Flaw::Damage(1)));
}

#[test]
fn what_holds_nul_bytes_is_no_text() {
    for bytes in [
        &b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..],
        b"PK\x03\x04\x14\0\0\0\x08\0",
        b"a text\0 of bytes",
        b"\xff\xfe\0\0#\0\0\0",
    ] {
        check(bytes, None, None);
    }
}

#[test]
fn a_carriage_return_alone_ends_a_line() {
    check(b"a\rb\r\rc\r", Some("a\nb\n\nc\n"), None);
    check(b"a\r\nb\rc\n", Some("a\r\nb\nc\n"), None);
    check(b"\xff\xfea\0\r\0b\0", Some("a\nb"), None);
}

#[test]
fn what_an_encoding_lacks_is_refused() {
    let bytes = b"caf\xe9 x";
    let decoded = decode(bytes.to_vec()).unwrap();
    assert_eq!(decoded.replaced(bytes, &[(6..7, "\u{201c}".to_owned())]).unwrap(), b"caf\xe9 \x93");
    assert_eq!(decoded.replaced(bytes, &[(6..7, "a\u{8bfb}".to_owned())]), Err(Unwritable('\u{8bfb}')));
}

#[test]
fn new_lines_end_as_the_line_before_them() {
    let written = |bytes: &[u8]| {
        let decoded = decode(bytes.to_vec()).unwrap();
        let at = decoded.text.find('x').unwrap();
        decoded.replaced(bytes, &[(at..at + 1, "1\n2".to_owned())]).unwrap()
    };
    assert_eq!(written(b"a\nx\r"), b"a\n1\n2\r");
    assert_eq!(written(b"a\r\nx\n"), b"a\r\n1\r\n2\n");
    assert_eq!(written(b"a\rx\r\n"), b"a\r1\r2\r\n");
    assert_eq!(written(b"\xfe\xff\0\r\0x"), b"\xfe\xff\0\r\x001\0\r\x002");
}

fn codings() -> impl Strategy<Value = Coding> {
    prop_oneof![Just(Coding::Utf8), Just(Coding::Utf16Le), Just(Coding::Utf16Be), Just(Coding::Windows1252)]
}

proptest! {
    #[test]
    fn outside_the_edits_every_byte_stays(
        parts in prop::collection::vec(("[a-z é“\r\n]{0,9}", "[a-z]{0,4}", "[a-z]{0,6}"), 1..6),
        coding in codings(),
        is_marked in any::<bool>(),
    ) {
        // An encoding is told by its mark or its letters, and never by a text of none.
        let (mut old, mut new, mut edits) = ("# a list é\n".to_owned(), "# a list é\n".to_owned(), Vec::new());
        for (kept, before, after) in &parts {
            old.push_str(kept);
            new.push_str(kept);
            edits.push((old.len()..old.len() + before.len(), after.clone()));
            old.push_str(before);
            new.push_str(after);
        }
        // In Windows-1252 these three are the bytes of one letter in UTF-8.
        prop_assume!(coding != Coding::Windows1252 || !old.contains("é““"));
        let bytes = saved(&old, coding, is_marked);
        let decoded = decode(bytes.clone()).unwrap();
        prop_assert_eq!(&decoded.text, &unified(old));
        prop_assert_eq!(decoded.replaced(&bytes, &edits).unwrap(), saved(&new, coding, is_marked));
    }

    #[test]
    fn whatever_the_bytes_are_the_others_stay(
        bytes in prop::collection::vec(any::<u8>(), 0..60),
        start in prop::sample::select(vec![&b""[..], b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", "éü".as_bytes()]),
        at in any::<prop::sample::Index>(),
    ) {
        let bytes = [start, &bytes].concat();
        if let Some(decoded) = decode(bytes.clone()) {
            let at = decoded.text.floor_char_boundary(at.index(decoded.text.len() + 1));
            prop_assert_eq!(&decoded.replaced(&bytes, &[(at..at, String::new())]).unwrap(), &bytes);
            let with = decoded.replaced(&bytes, &[(at..at, "x".to_owned())]).unwrap();
            let places = (0..=bytes.len()).filter(|at| bytes[..*at] == with[..*at]);
            prop_assert!(places.into_iter().any(|at| with.ends_with(&bytes[at..])));
        }
    }
}
