//! Bytes to text as editors do it, and back: where a stretch of the text is replaced, every other byte stays what it was.
//!
//! A byte order mark decides. Without one the text is UTF-8, else UTF-16 where its zero bytes say so, else Windows-1252. A carriage
//! return that stands alone is read as a line feed, which takes as many bytes, so that nobody else has to know of such line ends.

use std::borrow::Cow;
use std::ops::Range;

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};
use memchr::{memchr, memchr_iter, memrchr};

/// A stretch of a text, in bytes, and what replaces it.
pub type Edit = (Range<usize>, String);

/// A text, with the way in which it was read from its bytes.
#[derive(Debug)]
pub struct Decoded {
    /// The text, without the byte order mark.
    pub text: String,
    /// The first thing in the bytes that no UTF-8 or UTF-16 would have, where there is one.
    pub(super) flaw: Option<Flaw>,
    coding: Coding,
    /// The length of the byte order mark.
    mark: usize,
}

/// Where a text is not what it should be, as an offset in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flaw {
    /// From its first letter beyond ASCII on, the text was read as Windows-1252.
    Windows1252(usize),
    /// Some bytes mean nothing in the text's encoding, and were read as U+FFFD.
    Damage(usize),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Coding {
    Utf8,
    Utf16Le,
    Utf16Be,
    Windows1252,
}

/// The encoding of a text has no such character.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("it is in Windows-1252, which has no `{0}`")]
pub struct Unwritable(char);

/// Makes text of bytes; `None` if they are none.
pub fn decode(bytes: Vec<u8>) -> Option<Decoded> {
    let (coding, mark) = match Encoding::for_bom(&bytes) {
        Some((encoding, mark)) if encoding == UTF_16LE => (Coding::Utf16Le, mark),
        Some((encoding, mark)) if encoding == UTF_16BE => (Coding::Utf16Be, mark),
        Some((_, mark)) => (Coding::Utf8, mark),
        None => (guess(&bytes), 0),
    };
    let (text, flaw) = coding.text(bytes, mark);
    // No editor writes NUL into a text.
    if memchr(0, text.as_bytes()).is_some() {
        return None;
    }
    Some(Decoded { text: unified(text), flaw, coding, mark })
}

fn guess(bytes: &[u8]) -> Coding {
    if memchr(0, bytes).is_some() {
        return utf16(bytes).unwrap_or(Coding::Utf8);
    }
    if str::from_utf8(bytes).is_ok() {
        return Coding::Utf8;
    }
    let (mut letters, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        letters += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    // A slip of a few bytes must not spoil every other letter of a text in UTF-8.
    if bad > letters { Coding::Windows1252 } else { Coding::Utf8 }
}

/// Which kind of UTF-16 this is. Every letter of ASCII, line ends too, has a zero byte on the same side, and few others have one.
fn utf16(bytes: &[u8]) -> Option<Coding> {
    let units = bytes.len() / 2;
    let zeros = |side: usize| bytes.iter().skip(side).step_by(2).filter(|byte| **byte == 0).count();
    let (first, second) = (zeros(0), zeros(1));
    match (first.max(second) * 8 > units, second > first) {
        (true, true) if first * 8 <= second => Some(Coding::Utf16Le),
        (true, false) if second * 8 <= first => Some(Coding::Utf16Be),
        _ => None,
    }
}

/// The text with a line feed for every carriage return that stands alone.
fn unified(text: String) -> String {
    let bytes = text.as_bytes();
    let mut lone = memchr_iter(b'\r', bytes).filter(|at| bytes.get(at + 1) != Some(&b'\n')).peekable();
    if lone.peek().is_none() {
        return text;
    }
    let mut unified = String::with_capacity(text.len());
    for at in lone {
        unified.push_str(&text[unified.len()..at]);
        unified.push('\n');
    }
    unified.push_str(&text[unified.len()..]);
    unified
}

impl Coding {
    fn text(self, mut bytes: Vec<u8>, mark: usize) -> (String, Option<Flaw>) {
        let wide = match self {
            Self::Utf8 => {
                bytes.drain(..mark);
                return match String::from_utf8(bytes) {
                    Ok(text) => (text, None),
                    Err(error) => {
                        let at = error.utf8_error().valid_up_to();
                        (String::from_utf8_lossy(error.as_bytes()).into_owned(), Some(Flaw::Damage(at)))
                    }
                };
            }
            Self::Windows1252 => {
                let at = bytes.iter().position(|byte| !byte.is_ascii());
                let text = WINDOWS_1252.decode_without_bom_handling(&bytes).0.into_owned();
                return (text, at.map(Flaw::Windows1252));
            }
            Self::Utf16Le => UTF_16LE,
            Self::Utf16Be => UTF_16BE,
        };
        let (text, is_damaged) = wide.decode_without_bom_handling(&bytes[mark..]);
        let at = if is_damaged { text.find(char::REPLACEMENT_CHARACTER) } else { None };
        (text.into_owned(), at.map(Flaw::Damage))
    }

    fn bytes(self, text: &str) -> Result<Cow<'_, [u8]>, Unwritable> {
        match self {
            Self::Utf8 => Ok(text.as_bytes().into()),
            Self::Utf16Le => Ok(text.encode_utf16().flat_map(u16::to_le_bytes).collect()),
            Self::Utf16Be => Ok(text.encode_utf16().flat_map(u16::to_be_bytes).collect()),
            Self::Windows1252 => match WINDOWS_1252.encode(text) {
                (bytes, _, false) => Ok(bytes),
                (_, _, true) => {
                    let has = |c: char| !WINDOWS_1252.encode(c.encode_utf8(&mut [0; 4])).2;
                    Err(Unwritable(text.chars().find(|c| !has(*c)).unwrap_or_default()))
                }
            },
        }
    }
}

impl Decoded {
    /// The bytes that the text was read from, with these stretches replaced: sorted, and none within another. Where a stretch
    /// begins a line, the line feeds of what is new become line ends like the one before it.
    ///
    /// # Errors
    /// The encoding has no such character.
    pub fn replaced(&self, bytes: &[u8], edits: &[Edit]) -> Result<Vec<u8>, Unwritable> {
        let mut offsets = Offsets { steps: self.steps(bytes), step: (0, 0), text: 0, byte: self.mark };
        let mut replaced = Vec::with_capacity(bytes.len());
        let mut done = 0;
        for (range, new) in edits {
            // Half a unit of UTF-16 at the end is a letter too.
            let [start, end] = [range.start, range.end].map(|at| offsets.byte_at(at).min(bytes.len()));
            replaced.extend(&bytes[done..start]);
            let new = match self.line_end(bytes, range.start, start) {
                "\n" => Cow::Borrowed(new.as_str()),
                other => Cow::Owned(new.replace('\n', other)),
            };
            replaced.extend(&*self.coding.bytes(&new)?);
            done = end;
        }
        replaced.extend(&bytes[done..]);
        Ok(replaced)
    }

    /// The line end right before this offset of the text, which is this one of the bytes.
    fn line_end(&self, bytes: &[u8], at: usize, byte: usize) -> &'static str {
        let unit = match self.coding {
            Coding::Utf8 | Coding::Windows1252 => 1,
            Coding::Utf16Le | Coding::Utf16Be => 2,
        };
        let before = &self.text[..at];
        let is_return = before.ends_with('\n')
            && byte.checked_sub(unit).and_then(|from| bytes.get(from..byte)).is_some_and(|end| end.contains(&b'\r'));
        match (is_return, before.ends_with("\r\n")) {
            (true, _) => "\r",
            (false, true) => "\r\n",
            (false, false) => "\n",
        }
    }

    /// The pieces of the text from its start, each with its length in the text and in the bytes.
    fn steps<'a>(&'a self, bytes: &'a [u8]) -> Box<dyn Iterator<Item = (usize, usize)> + 'a> {
        match self.coding {
            Coding::Utf8 => Box::new(bytes[self.mark..].utf8_chunks().flat_map(|chunk| {
                let (valid, bad) = (chunk.valid().len(), chunk.invalid().len());
                [(valid, valid), (if bad > 0 { char::REPLACEMENT_CHARACTER.len_utf8() } else { 0 }, bad)]
            })),
            Coding::Utf16Le | Coding::Utf16Be => {
                Box::new(self.text.chars().map(|letter| (letter.len_utf8(), 2 * letter.len_utf16())))
            }
            Coding::Windows1252 => Box::new(self.text.chars().map(|letter| (letter.len_utf8(), 1))),
        }
    }

    /// The line and the column of an offset, counted from 1.
    pub(super) fn position(&self, offset: usize) -> (u32, u32) {
        let before = &self.text[..offset];
        let line_start = memrchr(b'\n', before.as_bytes()).map_or(0, |at| at + 1);
        let counted = |count: usize| u32::try_from(count).unwrap_or(u32::MAX - 1) + 1;
        (counted(memchr_iter(b'\n', before.as_bytes()).count()), counted(before[line_start..].chars().count()))
    }
}

/// Turns offsets in a text, in rising order, into offsets in its bytes.
struct Offsets<I> {
    steps: I,
    /// The step that begins at the offsets below.
    step: (usize, usize),
    text: usize,
    byte: usize,
}

impl<I: Iterator<Item = (usize, usize)>> Offsets<I> {
    fn byte_at(&mut self, offset: usize) -> usize {
        while self.text + self.step.0 <= offset {
            self.text += self.step.0;
            self.byte += self.step.1;
            let Some(step) = self.steps.next() else {
                self.step = (0, 0);
                return self.byte;
            };
            self.step = step;
        }
        self.byte + (offset - self.text).min(self.step.1)
    }
}

#[cfg(test)]
mod tests;
