//! arXiv's bulk metadata: a file of JSON lines, one for each e-print in its latest version, that Kaggle offers for download
//! (<https://www.kaggle.com/datasets/Cornell-University/arxiv>). It answers without any request.
//!
//! The file is read once, without index or import. `form` tells how it is packed; `ranges` reads a plain file and `stream` any
//! other, both with several threads; `scan` passes over the lines that are not `wanted` without reading their JSON, and
//! `record` reads the others. Whether an answer is recent enough is for others to decide: the file is as old as its download.

mod form;
mod ranges;
mod record;
mod scan;
mod stream;
mod wanted;
mod write;
mod zip;

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufReader, Cursor, Read};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use self::form::Form;
use self::scan::Gathered;
use self::wanted::Wanted;
use super::titles::TitleQuestion;
use crate::model::{ArxivId, Paper, VersionedId};

/// How much of a packed file is read at a time.
const READ_AHEAD: usize = 256 << 10;

/// What to look for.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// These e-prints. One whose version is pinned is found only if that is the snapshot's version, the latest.
    pub ids: &'a [VersionedId],
    /// Papers of which only title and authors are known.
    pub titles: &'a [TitleQuestion],
}

/// What was found.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The papers whose identifiers were asked for, in the order of the file, each once.
    pub papers: Vec<Paper>,
    /// The papers that answer a title question, in the order of the questions.
    pub matches: Vec<Match>,
    /// How many lines there were, without blank ones.
    pub lines: u64,
    /// How many of them are no records. A line that was not asked for is judged by its two ends alone.
    pub broken_lines: u64,
    /// Why the file could not be read to its end, where it could not. What came before counts.
    pub cut: Option<String>,
}

/// A paper that answers a title question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// Which of the title questions.
    pub question: usize,
    /// The paper's identifier.
    pub id: ArxivId,
    /// The paper's title, as the snapshot has it.
    pub title: String,
}

/// Nothing could be had of the snapshot.
#[derive(Debug, thiserror::Error)]
pub enum SnapshotError {
    /// The file cannot be opened or read.
    #[error("cannot read the snapshot {}", path.display())]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// Why not.
        #[source]
        source: io::Error,
    },
    /// A folder was named.
    #[error("the snapshot {} is a folder", path.display())]
    Folder {
        /// Which folder.
        path: PathBuf,
    },
    /// There is nothing in it.
    #[error("the snapshot {} is empty", path.display())]
    Empty {
        /// Which file.
        path: PathBuf,
    },
    /// No line of it describes an e-print.
    #[error("{} is no snapshot of arXiv's metadata: none of its lines describes an e-print", path.display())]
    NotASnapshot {
        /// Which file.
        path: PathBuf,
    },
    /// It is packed, and nothing comes out.
    #[error("nothing can be read from the snapshot {}: {why}", path.display())]
    Damaged {
        /// Which file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
}

impl SnapshotError {
    /// What the user can do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Unreadable { .. } => "check the path, and that you may read it",
            Self::Folder { .. } => "name the file in it, arxiv-metadata-oai-snapshot.json",
            Self::Empty { .. } => "download it again",
            Self::Damaged { .. } => "download it again, or unpack it with the program that packed it",
            Self::NotASnapshot { .. } => {
                "a snapshot has one JSON object a line; it may be packed as .gz, as .zst, or as the .zip that Kaggle offers"
            }
        }
    }
}

/// How the file is cut up. Only tests want it otherwise.
#[derive(Clone, Copy, Debug)]
struct Sizes {
    /// How much is searched at a time. It fits a core's own cache, so that a byte comes from memory once.
    block: usize,
    /// The longest line that is read. The author lists of the large collaborations make lines of a few 100,000 bytes.
    longest_line: usize,
}

const SIZES: Sizes = Sizes { block: 512 << 10, longest_line: 4 << 20 };

/// Reads one line of a snapshot, or `None` where it describes no e-print.
pub fn paper(line: &[u8]) -> Option<Paper> {
    record::read(line)
}

/// Writes a paper as a line of a snapshot, without a line feed.
pub fn line(paper: &Paper) -> String {
    write::line(paper)
}

/// Looks through the whole snapshot once.
///
/// # Errors
/// The file cannot be read, or is no snapshot. One that breaks off, or holds broken lines, is no error: see [`Found`].
pub fn search(path: &Path, question: &Question<'_>, threads: NonZeroUsize) -> Result<Found, SnapshotError> {
    search_by(path, question, threads, SIZES)
}

fn search_by(
    path: &Path,
    question: &Question<'_>,
    threads: NonZeroUsize,
    sizes: Sizes,
) -> Result<Found, SnapshotError> {
    let unreadable = |source| SnapshotError::Unreadable { path: path.to_owned(), source };
    let mut file = File::open(path).map_err(unreadable)?;
    let metadata = file.metadata().map_err(unreadable)?;
    if metadata.is_dir() {
        return Err(SnapshotError::Folder { path: path.to_owned() });
    }
    let mut head = Vec::new();
    file.by_ref().take(form::HEAD as u64).read_to_end(&mut head).map_err(unreadable)?;
    if head.is_empty() {
        return Err(SnapshotError::Empty { path: path.to_owned() });
    }
    let wanted = Wanted::new(question);
    let (gathered, cut) = match Form::of(&head) {
        Form::Plain if metadata.is_file() => ranges::search(&file, metadata.len(), &wanted, threads, sizes),
        // A pipe, too, is a stream, and has no place to go back to.
        form => stream::search(&wanted, threads, sizes, |cutter| {
            let mut source = BufReader::with_capacity(READ_AHEAD, Cursor::new(head).chain(file));
            form.unpack(&mut source, cutter)
        }),
    };
    match cut {
        Some(why) if gathered.lines == gathered.broken => Err(SnapshotError::Damaged { path: path.to_owned(), why }),
        None if gathered.lines == 0 => Err(SnapshotError::Empty { path: path.to_owned() }),
        None if gathered.lines == gathered.broken => Err(SnapshotError::NotASnapshot { path: path.to_owned() }),
        cut => Ok(told(gathered, cut)),
    }
}

/// Puts the threads' findings into the order of the file.
fn told(mut gathered: Gathered, cut: Option<String>) -> Found {
    gathered.papers.sort_by_key(|(place, _)| *place);
    let mut papers: Vec<Paper> = Vec::with_capacity(gathered.papers.len());
    let mut places: HashMap<ArxivId, usize> = HashMap::new();
    for (_, paper) in gathered.papers {
        match places.get(&paper.id) {
            None => {
                places.insert(paper.id.clone(), papers.len());
                papers.push(paper);
            }
            // Snapshots that were put one behind the other: the later version counts, and the later line of two alike.
            Some(&at) if papers[at].version <= paper.version => papers[at] = paper,
            Some(_) => {}
        }
    }
    gathered.matches.sort_by_key(|(place, found)| (found.question, *place));
    let mut matches: Vec<Match> = Vec::with_capacity(gathered.matches.len());
    for (_, found) in gathered.matches {
        if !matches.iter().rev().take_while(|one| one.question == found.question).any(|one| one.id == found.id) {
            matches.push(found);
        }
    }
    Found { papers, matches, lines: gathered.lines, broken_lines: gathered.broken, cut }
}

/// What broke the reading off, for a person.
fn why(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => "it ends too early, as an unfinished download does".to_owned(),
        _ => format!("it is damaged: {error}"),
    }
}

fn wrong_checksum() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "its checksum is not that of its content")
}
