//! What a snapshot is packed as, told by its first bytes, and how it is unpacked.

use std::io::{self, BufRead, Read};

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

use super::stream::Cutter;
use super::zip;

/// The forms that a snapshot comes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Plain,
    Gzip,
    Zstd,
    Zip,
}

/// The first bytes of each packed form: RFC 1952, RFC 8878, and APPNOTE.TXT 4.3.7 of PKWARE.
const MARKS: [(&[u8], Form); 3] =
    [(b"\x1F\x8B\x08", Form::Gzip), (b"\x28\xB5\x2F\xFD", Form::Zstd), (b"PK\x03\x04", Form::Zip)];

/// How many bytes it takes to tell the form.
pub(super) const HEAD: usize = 4;

impl Form {
    pub(super) fn of(head: &[u8]) -> Self {
        MARKS.iter().find(|(mark, _)| head.starts_with(mark)).map_or(Self::Plain, |(_, form)| *form)
    }

    /// Feeds what is packed in `source` to the cutter, to the end or to where it breaks.
    pub(super) fn unpack(self, source: &mut dyn BufRead, cutter: &mut Cutter) -> io::Result<()> {
        match self {
            Self::Plain => cutter.feed(source),
            Self::Gzip => cutter.feed(&mut MultiGzDecoder::new(source)),
            Self::Zstd => cutter.feed(&mut Frames { decoder: FrameDecoder::new(), source, place: Place::Between }),
            Self::Zip => zip::unpack(source, cutter),
        }
    }
}

/// Zstandard frames in a row, as parallel compressors write them; the library reads one.
struct Frames<'a> {
    decoder: FrameDecoder,
    source: &'a mut dyn BufRead,
    place: Place,
}

#[derive(Clone, Copy)]
enum Place {
    Between,
    Inside,
}

impl Read for Frames<'_> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        loop {
            if let Place::Between = self.place {
                if self.source.fill_buf()?.is_empty() {
                    return Ok(0);
                }
                self.begin()?;
            } else if self.decoder.can_collect() > 0 {
                return self.decoder.read(bytes);
            } else if self.decoder.is_finished() {
                self.end()?;
            } else {
                let outcome = self.decoder.decode_blocks(&mut self.source, BlockDecodingStrategy::UptoBlocks(1));
                outcome.map_err(|error| self.broken(error))?;
            }
        }
    }
}

impl Frames<'_> {
    fn begin(&mut self) -> io::Result<()> {
        use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
        match self.decoder.init(&mut self.source) {
            Ok(()) => self.place = Place::Inside,
            // Room for other programs' own data.
            Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame { length, .. })) => {
                io::copy(&mut self.source.take(length.into()), &mut io::sink())?;
            }
            Err(error) => return Err(self.broken(error)),
        }
        Ok(())
    }

    fn end(&mut self) -> io::Result<()> {
        self.place = Place::Between;
        match (self.decoder.get_checksum_from_data(), self.decoder.get_calculated_checksum()) {
            (Some(told), Some(found)) if told != found => Err(super::wrong_checksum()),
            _ => Ok(()),
        }
    }

    /// The library tells a source that ends from one that is wrong in many ways; the source tells it in one.
    fn broken(&mut self, error: ruzstd::decoding::errors::FrameDecoderError) -> io::Error {
        match self.source.fill_buf() {
            Ok([]) => io::ErrorKind::UnexpectedEof.into(),
            Ok(_) => io::Error::new(io::ErrorKind::InvalidData, error),
            Err(error) => error,
        }
    }
}
