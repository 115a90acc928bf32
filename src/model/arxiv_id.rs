//! arXiv identifiers: the one grammar that every other part trusts.
//!
//! Two forms exist (arXiv, "Understanding the arXiv identifier"): new style since April 2007, `YYMM.NNNN` and from 2015
//! `YYMM.NNNNN`; old style before, `archive/YYMMNNN`, at times written with a subject class (`math.GT/0309136`) which is no
//! part of the identifier. Either may carry a version, `vN`. [`VersionedId::read`] is the only code that knows this; parsing,
//! deserialising and the scanner of reading lists all go through it. Finding identifiers inside links is left to `extract`.

use std::fmt;
use std::num::NonZeroU32;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The archives that gave out old-style identifiers between July 1991 and March 2007.
const OLD_ARCHIVES: [&str; 34] = [
    "acc-phys", "adap-org", "alg-geom", "ao-sci", "astro-ph", "atom-ph", "bayes-an", "chao-dyn", "chem-ph", "cmp-lg",
    "comp-gas", "cond-mat", "cs", "dg-ga", "funct-an", "gr-qc", "hep-ex", "hep-lat", "hep-ph", "hep-th", "math",
    "math-ph", "mtrl-th", "nlin", "nucl-ex", "nucl-th", "patt-sol", "physics", "plasm-ph", "q-alg", "q-bio",
    "quant-ph", "solv-int", "supr-con",
];

/// The number of an e-print's version; the first is 1.
pub type Version = NonZeroU32;

/// A valid arXiv identifier in canonical form: lower case, without subject class, without version.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(extend("pattern" = r"^([0-9]{4}\.[0-9]{4,5}|[a-z-]+/[0-9]{7})$"))]
pub struct ArxivId(Box<str>);

/// An identifier and, where it was pinned, the version: `2403.07648v2`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct VersionedId {
    /// Which e-print.
    pub id: ArxivId,
    /// Which version of it; `None` stands for the latest.
    pub version: Option<Version>,
}

/// Why a text is no arXiv identifier.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// Neither `YYMM.NNNNN` nor `archive/YYMMNNN`.
    #[error("it has the form of no arXiv identifier (YYMM.NNNNN or archive/YYMMNNN)")]
    Shape,
    /// The third and fourth digits are not 01 to 12.
    #[error("its month is {0:02}")]
    Month(u32),
    /// Too many or too few digits for the year that the identifier names.
    #[error("it has {found} digits after the {after}, where arXiv gave out {wanted}")]
    Digits {
        /// How many digits stand there.
        found: usize,
        /// How many belong there.
        wanted: usize,
        /// The character before them.
        after: char,
    },
    /// The number within the month is 0; arXiv counts from 1.
    #[error("its number is zero")]
    ZeroNumber,
    /// The date lies outside the years in which this form was given out.
    #[error("its date {0} lies outside the years in which arXiv gave out this form")]
    Date(String),
    /// The part before the slash is none of the old archives.
    #[error("`{0}` is not an archive that gave out such identifiers")]
    Archive(String),
    /// `v` without a number, `v0`, or a number with a leading zero.
    #[error("its version is not a number from 1 up, without leading zeros")]
    Version,
    /// Letters or digits follow directly.
    #[error("`{0}` follows it directly")]
    Tail(char),
    /// A version stands where only an identifier is wanted.
    #[error("it carries a version")]
    Versioned,
}

impl ArxivId {
    /// The canonical text, such as `2403.07648` or `hep-th/9901001`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The year in which arXiv gave the number: `2403.07648` is of 2024, `hep-th/9901001` of 1999.
    pub fn year(&self) -> i32 {
        let number = self.0.rsplit('/').next().unwrap_or(&self.0);
        let year = number.get(..2).and_then(|digits| digits.parse().ok()).unwrap_or(0);
        // arXiv began in 1991.
        if year >= 91 { 1900 + year } else { 2000 + year }
    }

    /// The address of the abstract page, of the given version or of the latest.
    pub fn abs_url(&self, version: Option<Version>) -> String {
        format!("https://arxiv.org/abs/{}", Suffixed(self, version))
    }

    /// The address of the PDF, of the given version or of the latest.
    pub fn pdf_url(&self, version: Option<Version>) -> String {
        format!("https://arxiv.org/pdf/{}", Suffixed(self, version))
    }
}

impl VersionedId {
    /// Reads an identifier at the start of `text` and says how many bytes it took.
    ///
    /// What follows it may be anything but an ASCII letter or digit: an identifier ends where a reader would see it end.
    ///
    /// # Errors
    /// Says what is wrong with the text as an identifier.
    pub fn read(text: &str) -> Result<(Self, usize), Malformed> {
        let bytes = text.as_bytes();
        let (id, end) = if bytes.first().is_some_and(u8::is_ascii_digit) { read_new(text)? } else { read_old(text)? };
        let (version, end) = read_version(bytes, end)?;
        match bytes.get(end) {
            Some(next) if next.is_ascii_alphanumeric() => Err(Malformed::Tail(char::from(*next))),
            _ => Ok((Self { id, version }, end)),
        }
    }
}

fn read_new(text: &str) -> Result<(ArxivId, usize), Malformed> {
    let date = digits(text.as_bytes(), 0);
    if date != 4 || text.as_bytes().get(4) != Some(&b'.') {
        return Err(Malformed::Shape);
    }
    let number = digits(text.as_bytes(), 5);
    let year_month = number_of(&text[..4]);
    if number == 0 {
        return Err(Malformed::Shape);
    }
    check_month(year_month)?;
    if year_month < 704 {
        return Err(Malformed::Date(text[..4].to_owned()));
    }
    let wanted = if year_month < 1501 { 4 } else { 5 };
    if number != wanted {
        return Err(Malformed::Digits { found: number, wanted, after: '.' });
    }
    let end = 5 + number;
    if number_of(&text[5..end]) == 0 {
        return Err(Malformed::ZeroNumber);
    }
    Ok((ArxivId(text[..end].into()), end))
}

fn read_old(text: &str) -> Result<(ArxivId, usize), Malformed> {
    let is_name = |byte: &u8| byte.is_ascii_alphabetic() || matches!(byte, b'-' | b'.');
    let slash = text.bytes().position(|byte| !is_name(&byte)).ok_or(Malformed::Shape)?;
    let start = slash + 1;
    let found = digits(text.as_bytes(), start);
    if slash == 0 || text.as_bytes()[slash] != b'/' || found == 0 {
        return Err(Malformed::Shape);
    }
    let named = text[..slash].split('.').next().unwrap_or_default().to_ascii_lowercase();
    let archive = OLD_ARCHIVES.binary_search(&named.as_str()).map_err(|_| Malformed::Archive(named.clone()))?;
    if found != 7 {
        return Err(Malformed::Digits { found, wanted: 7, after: '/' });
    }
    let year_month = number_of(&text[start..start + 4]);
    check_month(year_month)?;
    if (704..9107).contains(&year_month) {
        return Err(Malformed::Date(text[start..start + 4].to_owned()));
    }
    let end = start + 7;
    if number_of(&text[start + 4..end]) == 0 {
        return Err(Malformed::ZeroNumber);
    }
    Ok((ArxivId(format!("{}/{}", OLD_ARCHIVES[archive], &text[start..end]).into()), end))
}

fn read_version(bytes: &[u8], end: usize) -> Result<(Option<Version>, usize), Malformed> {
    if !matches!(bytes.get(end), Some(b'v' | b'V')) {
        return Ok((None, end));
    }
    let count = digits(bytes, end + 1);
    let after = end + 1 + count;
    // Nothing on arXiv comes near a four-digit version; the bound keeps the number in range.
    if !(1..=4).contains(&count) || bytes[end + 1] == b'0' {
        return Err(Malformed::Version);
    }
    let number = bytes[end + 1..after].iter().fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0'));
    Ok((Some(Version::new(number).ok_or(Malformed::Version)?), after))
}

fn check_month(year_month: u32) -> Result<(), Malformed> {
    match year_month % 100 {
        1..=12 => Ok(()),
        month => Err(Malformed::Month(month)),
    }
}

/// How many ASCII digits stand in a row from `start`.
fn digits(bytes: &[u8], start: usize) -> usize {
    bytes.iter().skip(start).take_while(|byte| byte.is_ascii_digit()).count()
}

/// The value of a short run of digits.
fn number_of(digits: &str) -> u32 {
    digits.bytes().fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0'))
}

/// An identifier followed by its version where there is one.
struct Suffixed<'a>(&'a ArxivId, Option<Version>);

impl fmt::Display for Suffixed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.0)?;
        match self.1 {
            Some(version) => write!(f, "v{version}"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for ArxivId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for ArxivId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for VersionedId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Suffixed(&self.id, self.version).fmt(f)
    }
}

impl FromStr for VersionedId {
    type Err = Malformed;

    fn from_str(text: &str) -> Result<Self, Malformed> {
        match Self::read(text)? {
            (id, end) if end == text.len() => Ok(id),
            (_, end) => Err(Malformed::Tail(text[end..].chars().next().unwrap_or_default())),
        }
    }
}

impl FromStr for ArxivId {
    type Err = Malformed;

    fn from_str(text: &str) -> Result<Self, Malformed> {
        match text.parse::<VersionedId>()? {
            VersionedId { id, version: None } => Ok(id),
            VersionedId { version: Some(_), .. } => Err(Malformed::Versioned),
        }
    }
}

impl TryFrom<String> for ArxivId {
    type Error = Malformed;

    fn try_from(text: String) -> Result<Self, Malformed> {
        text.parse()
    }
}

impl From<ArxivId> for String {
    fn from(id: ArxivId) -> Self {
        id.0.into()
    }
}

impl From<ArxivId> for VersionedId {
    fn from(id: ArxivId) -> Self {
        Self { id, version: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, expected: Result<&str, Malformed>) {
        let read = text.parse::<VersionedId>().map(|id| id.to_string());
        assert_eq!(read, expected.map(str::to_owned), "{text}");
    }

    #[test]
    fn both_styles_are_read_with_and_without_version() {
        check("2403.07648", Ok("2403.07648"));
        check("2403.07648v2", Ok("2403.07648v2"));
        check("0704.0001", Ok("0704.0001"));
        check("1412.9999v12", Ok("1412.9999v12"));
        check("1501.00001", Ok("1501.00001"));
        check("hep-th/9901001", Ok("hep-th/9901001"));
        check("hep-th/9108001v1", Ok("hep-th/9108001v1"));
        check("cs/0703001", Ok("cs/0703001"));
    }

    #[test]
    fn an_old_identifier_loses_its_subject_class_and_its_capitals() {
        check("math.GT/0309136", Ok("math/0309136"));
        check("MATH/0309136V7", Ok("math/0309136v7"));
        check("cond-mat.mes-hall/0501001", Ok("cond-mat/0501001"));
    }

    #[test]
    fn what_is_wrong_is_said() {
        check("2413.00001", Err(Malformed::Month(13)));
        check("2400.00001", Err(Malformed::Month(0)));
        check("2403.076480", Err(Malformed::Digits { found: 6, wanted: 5, after: '.' }));
        check("1412.12345", Err(Malformed::Digits { found: 5, wanted: 4, after: '.' }));
        check("1501.1234", Err(Malformed::Digits { found: 4, wanted: 5, after: '.' }));
        check("0703.0001", Err(Malformed::Date("0703".into())));
        check("2403.00000", Err(Malformed::ZeroNumber));
        check("hep-th/9901000", Err(Malformed::ZeroNumber));
        check("hep-th/0704001", Err(Malformed::Date("0704".into())));
        check("hep-th/9106001", Err(Malformed::Date("9106".into())));
        check("hep-th/9921001", Err(Malformed::Month(21)));
        check("stat/0601001", Err(Malformed::Archive("stat".into())));
        check("2403.07648v0", Err(Malformed::Version));
        check("2403.07648v07", Err(Malformed::Version));
        check("2403.07648v", Err(Malformed::Version));
        check("2403.07648x", Err(Malformed::Tail('x')));
        check("2403.07648.pdf", Err(Malformed::Tail('.')));
        for shapeless in ["", "abc", "9901001", "cs.LG", "hep-th/", "/9901001", "24030.7648", " 2403.07648"] {
            check(shapeless, Err(Malformed::Shape));
        }
    }

    #[test]
    fn every_old_archive_is_known_and_the_table_can_be_searched() {
        assert!(OLD_ARCHIVES.is_sorted());
        for archive in OLD_ARCHIVES {
            check(&format!("{archive}/0001001"), Ok(&format!("{archive}/0001001")));
        }
    }

    #[test]
    fn a_version_is_not_dropped_in_silence() {
        assert_eq!("2403.07648v2".parse::<ArxivId>(), Err(Malformed::Versioned));
    }

    fn canonical() -> impl Strategy<Value = String> {
        let new =
            (7u32..=99, 1u32..=12, 1u32..=9999, any::<bool>()).prop_filter_map("before April 2007", |(y, m, n, _)| {
                match y * 100 + m {
                    ..704 => None,
                    date @ ..1501 => Some(format!("{date:04}.{n:04}")),
                    date => Some(format!("{date:04}.{:05}", n * 10)),
                }
            });
        let old =
            (0usize..34, 0u32..=15, 1u32..=12, 1u32..=999).prop_filter_map("outside the years", |(a, y, m, n)| {
                let date = (91 + y) % 100 * 100 + m;
                (!(704..9107).contains(&date)).then(|| format!("{}/{date:04}{n:03}", OLD_ARCHIVES[a]))
            });
        prop_oneof![new, old]
    }

    proptest! {
        #[test]
        fn canonical_identifiers_survive_a_round_trip(text in canonical(), version in proptest::option::of(1u32..=9999)) {
            let id: ArxivId = text.parse().unwrap();
            prop_assert_eq!(id.as_str(), &text);
            let json = serde_json::to_string(&id).unwrap();
            prop_assert_eq!(&serde_json::from_str::<ArxivId>(&json).unwrap(), &id);
            let versioned = VersionedId { id, version: version.and_then(Version::new) };
            prop_assert_eq!(versioned.to_string().parse::<VersionedId>().unwrap(), versioned);
        }

        #[test]
        fn whatever_is_accepted_prints_as_something_that_is_accepted(text in "\\PC{0,24}|[a-z.-]{0,9}/[0-9]{5,9}(v[0-9]{0,5})?|[0-9]{3,5}\\.[0-9]{3,7}(v[0-9]{0,5})?") {
            if let Ok(id) = text.parse::<VersionedId>() {
                prop_assert_eq!(id.to_string().parse::<VersionedId>().unwrap(), id);
            }
        }
    }
}
