//! A plain file over several threads: each takes the next range of bytes and answers for the lines that start in it. A thread
//! holds one range and the rest of its last line, so memory does not grow with the file.

use std::fs::File;
use std::io;
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use super::Sizes;
use super::scan::Gathered;
use super::wanted::Wanted;

/// More threads than this wait for memory, and each holds a range.
const MOST_THREADS: usize = 8;

/// How much is read at a time to find the end of a range's last line. A usual line has 1,600 bytes.
const TAIL: usize = 16 << 10;

/// Searches `length` bytes of a file, and says why it ended before them if it did.
pub(super) fn search(
    file: &File,
    length: u64,
    wanted: &Wanted<'_>,
    threads: NonZeroUsize,
    sizes: Sizes,
) -> (Gathered, Option<String>) {
    let next = AtomicU64::new(0);
    let search = || -> (Gathered, io::Result<()>) {
        let mut gathered = Gathered::default();
        let mut range = Range { file, length, sizes, bytes: Vec::new() };
        loop {
            let start = next.fetch_add(sizes.block as u64, Ordering::Relaxed);
            if start >= length {
                return (gathered, Ok(()));
            }
            if let Err(error) = range.search(start, wanted, &mut gathered) {
                // Nothing behind an unreadable place is read, by no thread: what comes before it counts.
                next.store(length, Ordering::Relaxed);
                return (gathered, Err(error));
            }
        }
    };
    thread::scope(|scope| {
        // Where the system has no thread left, this one does it all.
        let other = |_| thread::Builder::new().spawn_scoped(scope, search).ok();
        let others: Vec<_> = (1..threads.get().min(MOST_THREADS)).map_while(other).collect();
        let (mut gathered, mut outcome) = search();
        for other in others {
            let (more, its_outcome) = other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            gathered.join(more);
            outcome = outcome.and(its_outcome);
        }
        (gathered, outcome.err().map(|error| super::why(&error)))
    })
}

/// The lines that start within one range of the file.
struct Range<'a> {
    file: &'a File,
    length: u64,
    sizes: Sizes,
    bytes: Vec<u8>,
}

impl Range<'_> {
    fn search(&mut self, start: u64, wanted: &Wanted<'_>, gathered: &mut Gathered) -> io::Result<()> {
        // The byte before the range says whether a line starts with the range.
        let from = start.saturating_sub(1);
        let end = self.length.min(start + self.sizes.block as u64);
        self.bytes.clear();
        let outcome = self.read(from, (end - from) as usize);
        let first = match memchr::memchr(b'\n', &self.bytes) {
            _ if start == 0 => 0,
            Some(newline) => newline + 1,
            None => return outcome,
        };
        // A line that starts right behind the range is another's.
        if first >= self.bytes.len() {
            return outcome;
        }
        let last = memchr::memrchr(b'\n', &self.bytes).map_or(first, |newline| newline + 1).max(first);
        let outcome = outcome.and_then(|()| self.finish_line(from, last));
        // A line that goes on beyond what is kept is handed over as far as it was read, which is too far for a line.
        gathered.scan(&self.bytes[first..], from + first as u64, wanted, self.sizes);
        outcome
    }

    /// Reads on until the line that starts at `last` is whole, or is too long to matter.
    fn finish_line(&mut self, from: u64, last: usize) -> io::Result<()> {
        while last < self.bytes.len() && self.bytes.len() - last <= self.sizes.longest_line {
            let at = from + self.bytes.len() as u64;
            let wanted = usize::try_from(self.length - at).unwrap_or(usize::MAX).min(TAIL.min(self.sizes.block));
            if wanted == 0 {
                return Ok(());
            }
            let before = self.bytes.len();
            let outcome = self.read(at, wanted);
            if let Some(newline) = memchr::memchr(b'\n', &self.bytes[before..]) {
                self.bytes.truncate(before + newline + 1);
                return Ok(());
            }
            outcome?;
        }
        Ok(())
    }

    /// Appends `wanted` bytes from this place of the file. On an error, what could be read is there.
    fn read(&mut self, at: u64, wanted: usize) -> io::Result<()> {
        let mut filled = self.bytes.len();
        let end = filled + wanted;
        self.bytes.resize(end, 0);
        let outcome = loop {
            if filled == end {
                break Ok(());
            }
            match read_at(self.file, &mut self.bytes[filled..], at + (filled + wanted - end) as u64) {
                Ok(0) => break Err(io::ErrorKind::UnexpectedEof.into()),
                Ok(read) => filled += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => break Err(error),
            }
        };
        self.bytes.truncate(filled);
        outcome
    }
}

/// Reads from a place of the file. Threads share the handle, so that all see the same file even if another takes its name.
#[cfg(unix)]
fn read_at(file: &File, bytes: &mut [u8], at: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, bytes, at)
}

/// Reads from a place of the file. Threads share the handle, so that all see the same file even if another takes its name.
#[cfg(windows)]
fn read_at(file: &File, bytes: &mut [u8], at: u64) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, bytes, at)
}
