//! A stream of bytes over several threads: the calling thread unpacks and cuts it into blocks of whole lines, others scan
//! them. How it is unpacked is left to `form`.

use std::io::{self, Read};
use std::num::NonZeroUsize;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

use super::Sizes;
use super::scan::Gathered;
use super::wanted::Wanted;

/// Unpacking is slower than scanning: two threads are never the ones that are waited for.
const MOST_SCANNERS: usize = 2;

/// Blocks that wait for a scanner at most. It bounds the memory.
const WAITING: usize = 2;

/// How much is unpacked at a time. Where a packed stream is damaged, so much before the place is lost at most.
const PIECE: usize = 64 << 10;

/// Whole lines, and where in the unpacked stream they start.
struct Block {
    lines: Vec<u8>,
    offset: u64,
}

/// Searches what `unpack` feeds to the cutter, and says why it broke off if it did.
pub(super) fn search(
    wanted: &Wanted<'_>,
    threads: NonZeroUsize,
    sizes: Sizes,
    unpack: impl FnOnce(&mut Cutter) -> io::Result<()>,
) -> (Gathered, Option<String>) {
    let (sender, receiver) = sync_channel(WAITING);
    let receiver = Mutex::new(receiver);
    let scan = || {
        let mut gathered = Gathered::default();
        while let Some(block) = next(&receiver) {
            gathered.scan(&block.lines, block.offset, wanted, sizes);
        }
        gathered
    };
    thread::scope(|scope| {
        let mut refused = None;
        let scanner = |_| thread::Builder::new().spawn_scoped(scope, scan).map_err(|error| refused = Some(error)).ok();
        let scanners: Vec<_> = (0..threads.get().min(MOST_SCANNERS)).map_while(scanner).collect();
        if let Some(error) = refused.filter(|_| scanners.is_empty()) {
            return (Gathered::default(), Some(format!("no thread could be started: {error}")));
        }
        let mut cutter =
            Cutter { sizes, sender, rest: Rest::Line(Vec::new()), offset: 0, too_long: Gathered::default() };
        let outcome = unpack(&mut cutter);
        let mut gathered = cutter.finish();
        for scanner in scanners {
            gathered.join(scanner.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        (gathered, outcome.err().map(|error| super::why(&error)))
    })
}

fn next(receiver: &Mutex<Receiver<Block>>) -> Option<Block> {
    receiver.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}

/// Appends so many bytes of the stream, or all that are left.
fn fill(stream: &mut dyn Read, bytes: &mut Vec<u8>, mut wanted: usize) -> io::Result<()> {
    while wanted > 0 {
        let read = stream.take(wanted.min(PIECE) as u64).read_to_end(bytes)?;
        if read == 0 {
            break;
        }
        wanted -= read;
    }
    Ok(())
}

/// What stands behind the last newline.
enum Rest {
    /// The beginning of a line.
    Line(Vec<u8>),
    /// The inside of a line that is too long to be kept.
    TooLong,
}

/// Cuts streams into blocks of whole lines.
pub(super) struct Cutter {
    sizes: Sizes,
    sender: SyncSender<Block>,
    rest: Rest,
    offset: u64,
    too_long: Gathered,
}

impl Cutter {
    /// Cuts a stream to its end, or to where it breaks. What could be read before counts.
    pub(super) fn feed(&mut self, stream: &mut dyn Read) -> io::Result<()> {
        loop {
            let mut bytes = match &mut self.rest {
                Rest::Line(start) => std::mem::take(start),
                Rest::TooLong => Vec::new(),
            };
            let before = bytes.len();
            bytes.reserve_exact(self.sizes.block);
            let outcome = fill(stream, &mut bytes, self.sizes.block);
            let is_end = bytes.len() == before;
            self.cut(bytes);
            outcome?;
            if is_end {
                return Ok(());
            }
        }
    }

    /// Ends a line that the stream left open: what comes next is another file.
    pub(super) fn end_line(&mut self) {
        if let Rest::Line(line) = std::mem::replace(&mut self.rest, Rest::Line(Vec::new())) {
            self.send(line);
        }
    }

    fn cut(&mut self, mut bytes: Vec<u8>) {
        if let Rest::TooLong = self.rest {
            let Some(newline) = memchr::memchr(b'\n', &bytes) else {
                self.offset += bytes.len() as u64;
                return;
            };
            self.offset += newline as u64 + 1;
            bytes.drain(..=newline);
        }
        let whole = memchr::memrchr(b'\n', &bytes).map_or(0, |newline| newline + 1);
        let rest = bytes.split_off(whole);
        self.send(bytes);
        self.rest = if rest.len() > self.sizes.longest_line {
            self.too_long.too_long();
            self.offset += rest.len() as u64;
            Rest::TooLong
        } else {
            Rest::Line(rest)
        };
    }

    fn send(&mut self, lines: Vec<u8>) {
        let offset = self.offset;
        self.offset += lines.len() as u64;
        if !lines.is_empty() {
            // The scanners listen until this sender is gone, unless one panicked, which joining it tells.
            let _ = self.sender.send(Block { lines, offset });
        }
    }

    fn finish(mut self) -> Gathered {
        self.end_line();
        self.too_long
    }
}
