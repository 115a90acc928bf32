//! The members of a zip archive, read from its front to its back. The libraries begin with the directory at its end, which an
//! archive that was cut off lacks, or want to be told sizes that an archive written as a stream gives only behind the data. The
//! layout is that of PKWARE's APPNOTE.TXT (<https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT>), section 4.3.

use std::io::{self, BufRead, Read};

use flate2::CrcReader;
use flate2::bufread::DeflateDecoder;

use super::stream::Cutter;

/// A member's header, 4.3.7.
const MEMBER: [u8; 4] = *b"PK\x03\x04";

/// What follows a member's data where its sizes were not known before, 4.3.9. Few programs leave this mark out.
const DESCRIPTOR: [u8; 4] = *b"PK\x07\x08";

/// Bit 0 of a member's flags: it is encrypted.
const ENCRYPTED: u16 = 1;

/// Bit 3: its sizes and its checksum follow the data.
const TOLD_AFTER: u16 = 1 << 3;

/// A size that stands in the extra field instead, 4.5.3.
const SEE_EXTRA: u32 = u32::MAX;

/// The extra field that holds 64-bit sizes.
const ZIP64: u16 = 1;

/// What a member's header says.
struct Header {
    flags: u16,
    method: u16,
    checksum: u32,
    /// The size of its data as they stand in the archive; 0 where it is told after them.
    size: u64,
    is_zip64: bool,
}

/// Feeds every member that may hold records to the cutter.
pub(super) fn unpack(mut source: &mut dyn BufRead, cutter: &mut Cutter) -> io::Result<()> {
    let mut signature = array(source)?;
    while signature == MEMBER {
        let header = Header::read(source)?;
        if header.flags & ENCRYPTED != 0 {
            return Err(cannot("it is encrypted"));
        }
        let (found, amount) = match header.method {
            0 if header.flags & TOLD_AFTER != 0 => return Err(cannot("a member is stored without its size")),
            0 => member((&mut source).take(header.size), cutter)?,
            8 => member(DeflateDecoder::new(&mut *source), cutter)?,
            other => return Err(cannot(&format!("a member is packed by method {other}, not by deflate"))),
        };
        // Stored data have no end of their own.
        if header.method == 0 && u64::from(amount) != header.size & u64::from(u32::MAX) {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let told =
            if header.flags & TOLD_AFTER == 0 { header.checksum } else { descriptor(source, amount, header.is_zip64)? };
        if told != found {
            return Err(super::wrong_checksum());
        }
        signature = array(source)?;
    }
    // What follows the members is the directory, 4.3.12.
    if signature.starts_with(b"PK") { Ok(()) } else { Err(cannot("there is no member where one must be")) }
}

/// Feeds a member to the cutter if it may hold records, and gives the checksum and the size (modulo 2^32) of its data.
fn member(data: impl Read, cutter: &mut Cutter) -> io::Result<(u32, u32)> {
    let mut data = io::BufReader::new(CrcReader::new(data));
    // Archives also hold notes on other things, and what macOS adds of its own.
    if data.fill_buf()?.trim_ascii_start().starts_with(b"{") {
        let outcome = cutter.feed(&mut data);
        cutter.end_line();
        outcome?;
    } else {
        io::copy(&mut data, &mut io::sink())?;
    }
    let seen = data.get_ref().crc();
    Ok((seen.sum(), seen.amount()))
}

impl Header {
    /// Reads what follows the signature, up to the data.
    fn read(source: &mut dyn BufRead) -> io::Result<Self> {
        let fields: [u8; 26] = array(source)?;
        let short = |at: usize| u16::from_le_bytes([fields[at], fields[at + 1]]);
        let long = |at: usize| u32::from_le_bytes([fields[at], fields[at + 1], fields[at + 2], fields[at + 3]]);
        let mut name_and_extra = vec![0; usize::from(short(22)) + usize::from(short(24))];
        source.read_exact(&mut name_and_extra)?;
        let zip64 = zip64(&name_and_extra[usize::from(short(22))..]);
        let size = match (long(14), zip64) {
            // Of the two sizes, the unpacked one comes first.
            (SEE_EXTRA, Some(sizes)) => {
                sizes.get(8..16).and_then(|size| size.try_into().ok()).map_or(0, u64::from_le_bytes)
            }
            (size, _) => size.into(),
        };
        Ok(Self { flags: short(2), method: short(4), checksum: long(10), size, is_zip64: zip64.is_some() })
    }
}

/// The field of 64-bit sizes among the extra fields, 4.5.1.
fn zip64(mut extra: &[u8]) -> Option<&[u8]> {
    while let [id, id_high, size, size_high, rest @ ..] = extra {
        let size = usize::from(u16::from_le_bytes([*size, *size_high]));
        let field = rest.get(..size)?;
        if u16::from_le_bytes([*id, *id_high]) == ZIP64 {
            return Some(field);
        }
        extra = &rest[size..];
    }
    None
}

/// Reads over what follows a member's data, of which there were `amount` bytes, and gives the checksum that it tells.
fn descriptor(source: &mut dyn BufRead, amount: u32, is_zip64: bool) -> io::Result<u32> {
    let mut checksum: [u8; 4] = array(source)?;
    if checksum == DESCRIPTOR {
        checksum = array(source)?;
    }
    // The packed size and the unpacked one. Programs that stream do not know at the head whether these will need 64 bits;
    // then the unpacked size is not where it would be in 32.
    let [_, _, _, _, unpacked @ ..]: [u8; 8] = array(source)?;
    if is_zip64 || u32::from_le_bytes(unpacked) != amount {
        let _: [u8; 8] = array(source)?;
    }
    Ok(u32::from_le_bytes(checksum))
}

fn array<const N: usize>(source: &mut dyn BufRead) -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    source.read_exact(&mut bytes)?;
    Ok(bytes)
}

fn cannot(why: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why)
}
