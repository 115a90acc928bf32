//! Snapshots in each packed form, whole, cut off and with a wrong checksum.

use std::io::Read;

use flate2::Compression;
use flate2::read::{DeflateEncoder, GzEncoder};
use ruzstd::encoding::{CompressionLevel, compress_to_vec};

use super::*;

/// How an archive tells the sizes of its members.
#[derive(Clone, Copy)]
enum Sized {
    Before,
    After,
    After64,
}

fn read(mut from: impl Read) -> Vec<u8> {
    let mut bytes = Vec::new();
    from.read_to_end(&mut bytes).unwrap();
    bytes
}

pub(super) fn gz(bytes: &[u8]) -> Vec<u8> {
    read(GzEncoder::new(bytes, Compression::fast()))
}

fn zst(bytes: &[u8]) -> Vec<u8> {
    compress_to_vec(bytes, CompressionLevel::Fastest)
}

/// An archive in the layout of APPNOTE.TXT, with the beginning of a directory, of which nobody reads more.
fn zip(members: &[(&str, &str)], method: u16, sized: Sized) -> Vec<u8> {
    let mut archive = Vec::new();
    for (name, content) in members {
        let data = if method == 8 {
            read(DeflateEncoder::new(content.as_bytes(), Compression::fast()))
        } else {
            content.as_bytes().to_vec()
        };
        let mut crc = flate2::Crc::new();
        crc.update(content.as_bytes());
        let told = |value: usize| if let Sized::Before = sized { value as u32 } else { 0 };
        archive.extend(b"PK\x03\x04\x14\x00");
        archive.extend(if let Sized::Before = sized { 0u16 } else { 8 }.to_le_bytes());
        archive.extend(method.to_le_bytes());
        archive.extend([0; 4]);
        archive.extend(told(crc.sum() as usize).to_le_bytes());
        archive.extend(told(data.len()).to_le_bytes());
        archive.extend(told(content.len()).to_le_bytes());
        archive.extend((name.len() as u16).to_le_bytes());
        archive.extend([0; 2]);
        archive.extend(name.as_bytes());
        archive.extend(&data);
        match sized {
            Sized::Before => {}
            Sized::After => {
                archive.extend(b"PK\x07\x08");
                archive.extend(crc.sum().to_le_bytes());
                archive.extend((data.len() as u32).to_le_bytes());
                archive.extend((content.len() as u32).to_le_bytes());
            }
            Sized::After64 => {
                archive.extend(crc.sum().to_le_bytes());
                archive.extend((data.len() as u64).to_le_bytes());
                archive.extend((content.len() as u64).to_le_bytes());
            }
        }
    }
    archive.extend(b"PK\x01\x02");
    archive
}

/// Every form of the same text.
pub(super) fn forms(text: &str) -> Vec<Vec<u8>> {
    let (first, second) = text.split_at(text.len() / 2);
    let json = [("arxiv-metadata-oai-snapshot.json", text)];
    let halves = text[..text.len() / 2].rfind('\n').map_or(0, |newline| newline);
    let noted = [
        ("__MACOSX/._a", "\0\u{5}"),
        ("a.json", &text[..halves]),
        ("note.txt", "see arXiv"),
        ("b.json", &text[halves + 1..]),
    ];
    vec![
        gz(text.as_bytes()),
        [gz(first.as_bytes()), gz(second.as_bytes())].concat(),
        zst(text.as_bytes()),
        [zst(first.as_bytes()), b"\x50\x2A\x4D\x18\x03\x00\x00\x00abc".to_vec(), zst(second.as_bytes())].concat(),
        zip(&json, 8, Sized::Before),
        zip(&json, 8, Sized::After),
        zip(&noted, 8, Sized::After64),
        zip(&noted, 0, Sized::Before),
    ]
}

#[test]
fn every_form_gives_the_same() {
    let text = lines(40).concat();
    let wanted = ids(&["2403.00001", "2403.00020", "2403.00022", "2403.00040"]);
    let question = Question { ids: &wanted, titles: &titles(&[("Title Number 33", "Two")]) };
    let plain = found(text.as_bytes(), &question).unwrap();
    assert_eq!((plain.papers.len(), plain.matches.len(), plain.lines, plain.broken_lines), (4, 1, 40, 0));
    for (at, packed) in forms(&text).iter().enumerate() {
        assert_eq!(found(packed, &question).unwrap(), plain, "form {at}");
    }
}

#[test]
fn what_is_cut_off_gives_what_came_before() {
    // Enough that the packers write several blocks.
    let text = lines(900).concat();
    let question = Question { ids: &ids(&["2403.00001", "2403.00900"]), titles: &[] };
    for (at, packed) in forms(&text).iter().enumerate() {
        let found = search(file(&packed[..packed.len() * 3 / 4]).path(), &question, NonZeroUsize::MIN).unwrap();
        assert_eq!(found.papers.len(), 1, "form {at}");
        assert!((100..900).contains(&found.lines), "form {at} {}", found.lines);
        assert!(found.cut.unwrap().contains("too early"), "form {at}");
    }
}

#[test]
fn a_wrong_checksum_is_told() {
    let text = lines(3).concat();
    for mut packed in
        [gz(text.as_bytes()), zip(&[("a", &text)], 8, Sized::Before), zip(&[("a", &text)], 0, Sized::After)]
    {
        // The checksum stands at byte 14 of a zip's header, and 8 bytes before the end of a gzip.
        let at = if packed.starts_with(b"PK") { 14 } else { packed.len() - 8 };
        packed[at] ^= 1;
        let found =
            search(file(&packed).path(), &Question { ids: &ids(&["2403.00001"]), titles: &[] }, NonZeroUsize::MIN);
        match found {
            Ok(found) => assert!(found.papers.len() == 1 && found.cut.unwrap().contains("damaged")),
            Err(error) => assert!(matches!(error, SnapshotError::Damaged { .. }), "{error}"),
        }
    }
}
