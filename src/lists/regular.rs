//! Reads a file as a whole, if it is a regular one and no larger than a list may be. Pipes and devices are never opened: that alone
//! can hang.

use std::fs::{File, FileType, Metadata};
use std::io::{self, ErrorKind, Read};
use std::path::Path;

/// The most bytes of a list.
const LARGEST: u64 = 256_000_000;

/// Reads a regular file, or the one that a link leads to.
///
/// # Errors
/// It cannot be read, is no regular file ([`ErrorKind::InvalidInput`]), or is too large ([`ErrorKind::FileTooLarge`]).
pub fn read(path: &Path) -> io::Result<Vec<u8>> {
    check(&std::fs::metadata(path)?)?;
    let file = File::open(path)?;
    // Another file may have taken its place.
    let metadata = file.metadata()?;
    check(&metadata)?;
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0));
    read_up_to(LARGEST, file, &mut bytes)?;
    Ok(bytes)
}

/// Reads what has no length of its own, such as standard input.
pub(super) fn read_stream(source: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    read_up_to(LARGEST, source, &mut bytes)?;
    Ok(bytes)
}

fn read_up_to(most: u64, source: impl Read, bytes: &mut Vec<u8>) -> io::Result<()> {
    source.take(most + 1).read_to_end(bytes)?;
    if bytes.len() as u64 > most { Err(too_large()) } else { Ok(()) }
}

fn check(metadata: &Metadata) -> io::Result<()> {
    if !metadata.is_file() {
        let kind = format!("it is {} and no regular file", kind(metadata.file_type()));
        return Err(io::Error::new(ErrorKind::InvalidInput, kind));
    }
    if metadata.len() > LARGEST { Err(too_large()) } else { Ok(()) }
}

fn too_large() -> io::Error {
    io::Error::new(ErrorKind::FileTooLarge, format!("it is larger than {} MB", LARGEST / 1_000_000))
}

/// What people call such a file.
pub(super) fn kind(kind: FileType) -> &'static str {
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        if kind.is_fifo() {
            return "a pipe";
        } else if kind.is_socket() {
            return "a socket";
        } else if kind.is_block_device() || kind.is_char_device() {
            return "a device";
        }
    }
    if kind.is_dir() { "a folder" } else { "something else" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_large_is_not_read_to_its_end() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("list.md");
        File::create(&path).unwrap().set_len(LARGEST + 1).unwrap();
        let error = read(&path).unwrap_err();
        assert_eq!((error.kind(), error.to_string().as_str()), (ErrorKind::FileTooLarge, "it is larger than 256 MB"));
        let mut bytes = Vec::new();
        assert_eq!(read_up_to(9, io::repeat(b'a'), &mut bytes).unwrap_err().kind(), ErrorKind::FileTooLarge);
        assert_eq!(bytes.len(), 10);
    }

    #[test]
    fn a_folder_is_no_list() {
        let error = read(tempfile::tempdir().unwrap().path()).unwrap_err();
        assert_eq!(error.to_string(), "it is a folder and no regular file");
    }
}
