//! The numbers after a journal's name: volume, issue, pages and year, each told by its word (`vol.`, `no.`, `pp.`), by its brackets
//! or by its place.

use super::super::Appeared;

/// Words before a number, and what the number is. A word of one letter wants its full stop.
const WORDS: [(&str, Place); 22] = [
    ("volume", Place::Volume),
    ("vol", Place::Volume),
    ("v", Place::Volume),
    ("number", Place::Issue),
    ("no", Place::Issue),
    ("nr", Place::Issue),
    ("num", Place::Issue),
    ("n", Place::Issue),
    ("#", Place::Issue),
    ("issues", Place::Issue),
    ("issue", Place::Issue),
    ("iss", Place::Issue),
    ("pages", Place::Pages),
    ("page", Place::Pages),
    ("pag", Place::Pages),
    ("pgs", Place::Pages),
    ("pp", Place::Pages),
    ("p", Place::Pages),
    ("article", Place::Pages),
    ("art", Place::Pages),
    ("paper", Place::Pages),
    ("id", Place::Pages),
];

/// What a number can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Volume,
    Issue,
    Pages,
    Year,
}

/// A number, or what stands for one, such as `L49-L52`.
#[derive(Clone, Copy, Debug)]
struct Number<'a> {
    text: &'a str,
    /// What its word or its brackets tell.
    told: Option<Place>,
}

/// Where the numbers start: at the first digit, or at the word or bracket before it.
pub(super) fn start(text: &str) -> Option<usize> {
    let digit = text.find(|c: char| c.is_ascii_digit())?;
    if let Some(before) = text[..digit].strip_suffix('(') {
        return Some(before.len());
    }
    let before = text[..digit].trim_end_matches([' ', '.', ',']);
    let word = before.rfind([' ', ',', '(', ')', ':']).map_or(0, |at| at + 1);
    // `J. Stat. Mech. P04012`: letters that belong to the number.
    let own = text[..digit].rfind([' ', ',', '(']).map_or(0, |at| at + 1);
    let letters = &text[own..digit];
    match place(&before[word..], text[before.len()..].starts_with('.')) {
        Some(_) if word > 0 => Some(word),
        _ if own > 0 && letters.len() == 1 && letters.bytes().all(|b| matches!(b, b'P' | b'L' | b'S')) => Some(own),
        _ => Some(digit),
    }
}

/// What the numbers tell, if all of them are understood.
pub(super) fn read(text: &str) -> Option<(Appeared, Option<i32>)> {
    let text = text.trim_end_matches(['.', ' ']).replace(['–', '—'], "-").replace("--", "-").replace(" - ", "-");
    let mut numbers = numbers(&text)?;
    let year = take_year(&mut numbers)?;
    let after_year = numbers.len() - year.at;
    let has = |place: Place| numbers.iter().any(|number| number.told == Some(place));
    let mut appeared = Appeared::default();
    let free: Vec<&str> = numbers.iter().filter(|number| number.told.is_none()).map(|number| number.text).collect();
    let told_pages = numbers.iter().find(|number| number.told == Some(Place::Pages)).map(|number| number.text);
    let (volume, issue, pages) = match (free[..].as_ref(), has(Place::Volume), has(Place::Issue), has(Place::Pages)) {
        ([], true, _, true) => (None, None, None),
        ([pages], true, _, false) => (None, None, Some(*pages)),
        ([volume], false, _, true) => (Some(*volume), None, None),
        ([volume, issue], false, false, true) => (Some(*volume), Some(*issue), None),
        ([volume, pages], false, _, false) => (Some(*volume), None, Some(*pages)),
        // `34, 7 (2009) 625-655`: only the pages stand behind the year.
        ([volume, issue, pages], false, false, false) if after_year == 1 => (Some(*volume), Some(*issue), Some(*pages)),
        // `(2007) P07022`, `(2008), article ID rnn106`: an article of a journal without volumes. A book has pages of digits.
        ([], false, false, true) if told_pages.is_some_and(|pages| pages.contains(|c: char| c.is_alphabetic())) => {
            (None, None, None)
        }
        ([pages], false, false, false) if pages.starts_with(|c: char| c.is_ascii_uppercase()) => {
            (None, None, Some(*pages))
        }
        _ => return None,
    };
    let told = |place: Place| {
        let mut told = numbers.iter().filter(move |number| number.told == Some(place)).map(|number| number.text);
        let only = told.next();
        if told.next().is_some() { None } else { only }
    };
    for place in [Place::Volume, Place::Issue, Place::Pages] {
        if has(place) && told(place).is_none() {
            return None;
        }
    }
    appeared.volume = volume.or_else(|| told(Place::Volume)).map(str::to_owned);
    appeared.issue = issue.or_else(|| told(Place::Issue)).map(str::to_owned);
    appeared.pages = pages.or_else(|| told(Place::Pages)).map(str::to_owned);
    Some((appeared, Some(year.year)))
}

/// The year from 1900 to 2099 that this is.
pub(super) fn year(text: &str) -> Option<i32> {
    let year = text.parse().ok().filter(|year| (1900..2100).contains(year))?;
    (text.len() == 4).then_some(year)
}

/// All numbers, each with what is told of it. Nothing if there is anything else.
fn numbers(text: &str) -> Option<Vec<Number<'_>>> {
    let mut numbers: Vec<Number<'_>> = Vec::new();
    let mut told = None;
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if matches!(first, ' ' | ',' | ':' | ';') {
            rest = &rest[1..];
            continue;
        }
        if let Some(inside) = rest.strip_prefix('(') {
            let (inside, after) = inside.split_once(')')?;
            // `140504(R)`: a rapid communication.
            if let ("R", Some(last)) = (inside, numbers.last_mut()) {
                let start = text.len() - rest.len() - last.text.len();
                last.text = text.get(start..text.len() - after.len()).filter(|text| text.starts_with(last.text))?;
                rest = after;
                continue;
            }
            let place = if inside.split(' ').any(|word| year(word).is_some()) {
                is_date(inside).then_some(Place::Year)?
            } else {
                let is_issue = inside.starts_with(|c: char| c.is_ascii_digit()) && numbers.len() <= 2;
                (is_issue && is_number(inside) && is_short(inside, 0)).then_some(Place::Issue)?
            };
            numbers.push(Number { text: inside, told: Some(place) });
            rest = after;
            continue;
        }
        let end = rest.find([' ', ',', ':', ';', '(', ')']).unwrap_or(rest.len());
        if end == 0 {
            return None;
        }
        let (mut word, after) = rest.split_at(end);
        let label = word.find(|c: char| c.is_ascii_digit()).unwrap_or(word.len());
        let (name, stop) = (word[..label].trim_end_matches('.'), word[..label].ends_with('.'));
        if let Some(place) = place(name, stop || label == word.len()) {
            told = Some(place);
            word = &word[label..];
        }
        if !word.is_empty() && !is_month(word) {
            let number = word.trim_end_matches('.');
            if !is_number(number) {
                return None;
            }
            numbers.push(Number { text: number, told: told.take() });
        }
        rest = after;
    }
    told.is_none().then_some(numbers)
}

/// A year, and how many numbers stood before it.
struct Year {
    year: i32,
    at: usize,
}

/// Takes the year out: the one in brackets, else the last number, else the only one that can be a year beside a volume that is told.
fn take_year(numbers: &mut Vec<Number<'_>>) -> Option<Year> {
    let is_free = |number: &Number<'_>| number.told.is_none() && year(number.text).is_some();
    let in_brackets = numbers.iter().position(|number| number.told == Some(Place::Year));
    let last = numbers.len().checked_sub(1).filter(|at| is_free(&numbers[*at]));
    let is_told = numbers.iter().any(|number| matches!(number.told, Some(Place::Volume | Place::Pages)));
    let only = numbers.iter().position(is_free).filter(|_| is_told);
    let at = in_brackets.or(last).or(only)?;
    let number = numbers.remove(at);
    if numbers.iter().any(|number| number.told == Some(Place::Year)) {
        return None;
    }
    let year = number.text.split(' ').find_map(year)?;
    Some(Year { year, at })
}

/// What the word tells of the number after it.
fn place(word: &str, has_stop: bool) -> Option<Place> {
    let lower = word.to_lowercase();
    let (name, place) = WORDS.iter().find(|(name, _)| *name == lower)?;
    (name.len() > 1 || has_stop || *name == "#").then_some(*place)
}

fn is_number(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let is_plain = text.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '/'));
    // Numbers hold few letters: `L49-L52`, `rnm146`.
    digits > 0 && is_plain && text.ends_with(char::is_alphanumeric) && is_short(text, 4)
}

fn is_short(text: &str, letters: usize) -> bool {
    text.chars().filter(|c| c.is_alphabetic()).count() <= letters
}

fn is_date(text: &str) -> bool {
    text.split([' ', ',']).filter(|word| !word.is_empty()).all(|word| {
        let number = word.trim_end_matches(['.', 't', 'h']);
        is_month(word) || (number.len() <= 4 && number.bytes().all(|b| b.is_ascii_digit()))
    })
}

fn is_month(word: &str) -> bool {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let word = word.trim_end_matches('.').to_lowercase();
    let full = [
        "january", "february", "march", "april", "june", "july", "august", "september", "sept", "october", "november",
        "december",
    ];
    MONTHS.contains(&word.as_str()) || full.contains(&word.as_str())
}
