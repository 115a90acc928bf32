//! Rows of tables into entries. A column's header says what its cells are: the title, a label, or nothing that matters.

use std::ops::Range;

use super::conventions::{Habits, habits};
use super::document::{Document, Kind, Row};
use super::labels::{self, Labelled, Meaning};
use super::links;
use super::options::Options;
use super::passage::{LINE, Passage};
use super::plain;
use super::reading::{self, Draft, Tools};
use super::tags::{self, Placed};
use super::title;
use super::venue;
use super::words;

/// What the cells of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    /// The paper's title; of several such columns the one with the lowest rank.
    Title(u8),
    /// Labels, separated by commas and by the mark that the column uses besides.
    Labels(Option<char>),
    /// Identifiers, perhaps bare ones.
    Arxiv,
    /// Dates, people or prose, by their header.
    Facts,
    Other,
}

/// No table of papers has more columns; further ones are read without their headers.
const MOST_COLUMNS: usize = 256;

/// A label cell that reaches over the rows below.
#[derive(Clone, Debug, Default)]
struct Reach {
    rows: u16,
    tags: Vec<String>,
}

/// Reads the rows among these blocks, which begin with the table's own.
pub(super) fn read(document: &Document<'_>, blocks: Range<usize>, tools: &mut Tools<'_>) -> Vec<Draft> {
    let rows = rows(document, blocks);
    let habits = habits(document, rows.iter().filter(|(kind, _)| *kind == Row::Body).map(|(_, row)| row.clone()));
    let mut passage = Passage::of(document);
    let mut columns: Vec<Column> = settled(Vec::new(), &habits);
    let mut reaches: Vec<Reach> = Vec::new();
    let mut drafts = Vec::new();
    let mut group = None;
    for (index, (kind, row)) in rows.into_iter().enumerate() {
        passage.fill(row);
        if let Some(heading) = heading(&passage, columns.len()) {
            group = Some(heading);
            continue;
        }
        if kind == Row::Header || (index == 0 && is_untold_header(&passage)) {
            if passage.cells.iter().any(|cell| !passage.text[cell.range.clone()].trim().is_empty()) {
                columns = settled(headers(&passage, tools.options), &habits);
            }
            continue;
        }
        if passage.text.trim().is_empty() && passage.images.is_empty() {
            continue;
        }
        let first = drafts.len();
        row_drafts(&passage, &columns, &mut reaches, tools, &mut drafts);
        drafts[first..].iter_mut().for_each(|draft| draft.group.clone_from(&group));
    }
    drafts
}

/// The text of a row that heads the rows below it: one cell alone that spans the table, without a link.
fn heading(passage: &Passage<'_>, columns: usize) -> Option<String> {
    let mut filled = passage.cells.iter().filter(|cell| !passage.text[cell.range.clone()].trim().is_empty());
    let cell = filled.next().filter(|_| filled.next().is_none())?;
    let spans = usize::from(cell.columns) >= columns.max(2)
        || passage.cells.len() >= columns.max(2) && passage.cells[0].range == cell.range;
    let text = plain::title(&passage.text[cell.range.clone()]);
    let is_heading =
        spans && cell.rows == 1 && passage.links.is_empty() && (1..=10).contains(&plain::word_count(&text));
    (is_heading && text.contains(char::is_alphabetic)).then_some(text)
}

/// The columns by their headers and, where those say nothing, by the habits of their cells. Beside a title a name is a label where it
/// recurs.
fn settled(mut columns: Vec<Column>, habits: &[Habits]) -> Vec<Column> {
    if columns.is_empty() {
        columns.resize(habits.len(), Column::Other);
    }
    let has_title = columns.iter().any(|column| matches!(column, Column::Title(0 | 1)));
    for (column, habits) in columns.iter_mut().zip(habits) {
        match column {
            Column::Other if habits.labels => *column = Column::Labels(habits.mark),
            Column::Title(2) if habits.labels && has_title => *column = Column::Labels(habits.mark),
            Column::Labels(mark) => *mark = habits.mark.or(*mark),
            _ => {}
        }
    }
    columns
}

/// The rows of a table with their blocks.
fn rows(document: &Document<'_>, blocks: Range<usize>) -> Vec<(Row, Range<usize>)> {
    let mut rows: Vec<(Row, Range<usize>)> = Vec::new();
    for index in blocks {
        match document.blocks[index].kind {
            Kind::Row(row) => rows.push((row, index..index + 1)),
            _ => {
                if let Some((_, range)) = rows.last_mut() {
                    range.end = index + 1;
                }
            }
        }
    }
    rows
}

fn headers(passage: &Passage<'_>, options: &Options) -> Vec<Column> {
    let mut columns = Vec::new();
    for cell in &passage.cells {
        let column = column(&plain::line(&passage.text[cell.range.clone()]), options);
        columns.extend(std::iter::repeat_n(column, usize::from(cell.columns.clamp(1, 64))));
        if columns.len() > MOST_COLUMNS {
            break;
        }
    }
    columns
}

/// A first row without links whose every cell is a known name of a column.
fn is_untold_header(passage: &Passage<'_>) -> bool {
    let known =
        |range: &Range<usize>| column(&plain::line(&passage.text[range.clone()]), &Options::default()) != Column::Other;
    let filled =
        || passage.cells.iter().filter(|cell| !passage.text[cell.range.clone()].trim().is_empty()).take(MOST_COLUMNS);
    passage.links.is_empty()
        && filled().count() >= 2
        && filled().filter(|cell| known(&cell.range)).count() * 2 >= filled().count()
}

fn column(header: &str, options: &Options) -> Column {
    let header = plain::trim(header);
    let lower = header.to_lowercase();
    if options.columns.iter().any(|column| column.eq_ignore_ascii_case(header)) {
        return Column::Labels(None);
    }
    let whole = words::kinds(&lower);
    if whole.has(words::Kind::Title) && !whole.has(words::Kind::Naming) {
        return Column::Title(0);
    }
    if whole.has(words::Kind::Tags) {
        return Column::Labels(Some(LINE));
    }
    if whole.has(words::Kind::Labelling) {
        return Column::Labels(None);
    }
    if whole.has(words::Kind::Prose) {
        return Column::Facts;
    }
    let parts = || lower.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).take(8);
    let has = |kind| parts().any(|part| words::is(part, kind));
    let leads = parts().any(|part| words::is(part, words::Kind::Pointing) || part == "id");
    if parts().any(|part| words::is(part, words::Kind::Title) && !words::is(part, words::Kind::Naming)) {
        Column::Title(0)
    } else if parts().any(|part| part == "arxiv" || part == "eprint") {
        Column::Arxiv
    } else if parts().any(|part| PAPERS.contains(&part)) && !leads {
        Column::Title(1)
    } else if has(words::Kind::Labelling) {
        Column::Labels(None)
    } else if has(words::Kind::Naming) {
        Column::Title(2)
    } else {
        Column::Other
    }
}

/// Headers of columns that hold the papers themselves, by title or by link.
const PAPERS: [&str; 8] = ["paper", "papers", "article", "reference", "work", "论文", "論文", "文献"];

/// The entries of one row: the one of its title, and those that links with titles of their own present beside it.
fn row_drafts(
    passage: &Passage<'_>,
    columns: &[Column],
    reaches: &mut Vec<Reach>,
    tools: &mut Tools<'_>,
    drafts: &mut Vec<Draft>,
) {
    let labelled = Labelled::of(passage);
    let placed = place(passage, columns, reaches);
    let labels: Vec<Placed> = labels(&labelled, &placed, reaches);
    let in_rank = |rank| placed.iter().filter(move |(_, column)| *column == Column::Title(rank)).take(8);
    let title = (0..=2)
        .find_map(|rank| in_rank(rank).find_map(|(cell, _)| title::find(&labelled, cell).map(|title| (cell, title))));
    let row = drafts.len();
    match title {
        None => drafts.extend(reading::papers(&labelled, tools)),
        Some((cell, title)) => {
            let more = passage.links_in(cell).len() > 1;
            drafts.push(reading::one(&labelled, &labelled.whole(), Some(title.clone()), None, true, tools));
            if more {
                let others = reading::other_papers(&labelled, cell, Some(&title), &mut drafts[row]);
                drafts.extend(others);
            }
        }
    }
    let drafts = &mut drafts[row..];
    if let Some(first) = drafts.first_mut() {
        if first.id.is_none() {
            let cells = placed.iter().filter(|(_, column)| *column == Column::Arxiv);
            first.id = cells.filter_map(|(cell, _)| links::bare(&passage.text[cell.clone()])).next();
        }
        // The labels of a row are those of every paper in it.
        let mut tags = labels;
        tags.append(&mut first.tags);
        tags.sort_by_key(|(at, _)| *at);
        if let [one] = drafts {
            one.tags = tags;
        } else {
            drafts.iter_mut().for_each(|draft| draft.tags = tags.clone());
        }
    }
}

/// The cells of a row with the columns that they stand in, past those that cells from above reach into.
fn place(passage: &Passage<'_>, columns: &[Column], reaches: &mut Vec<Reach>) -> Vec<(Range<usize>, Column)> {
    let mut placed = Vec::with_capacity(passage.cells.len());
    let mut at = 0;
    for cell in passage.cells.iter() {
        while let Some(reach) = reaches.get(at).filter(|reach| reach.rows > 0) {
            let _ = reach;
            at += 1;
        }
        // A cell beyond the header's last one was shifted by a slip; it is read as the last column's.
        let is_surplus = at >= columns.len() && !columns.is_empty();
        let is_venue = || venue::looks_like_venue(plain::trim(&passage.text[cell.range.clone()]));
        let column = match columns.get(at).or(columns.last()).copied().unwrap_or(Column::Other) {
            Column::Other if is_surplus && is_venue() => Column::Labels(None),
            column => column,
        };
        if cell.rows > 1 && at < MOST_COLUMNS {
            if reaches.len() <= at {
                reaches.resize(at + 1, Reach::default());
            }
            let mut tags = Vec::new();
            label(passage, &cell.range, column, &mut tags);
            // Counts this row too, which is taken off at its end.
            reaches[at] = Reach { rows: cell.rows, tags: tags.into_iter().map(|(_, tag)| tag).collect() };
        }
        placed.push((cell.range.clone(), column));
        at += usize::from(cell.columns.clamp(1, 64));
    }
    placed
}

/// The labels of a row: those of its own cells, and those that reach into it from above.
fn labels(labelled: &Labelled<'_, '_>, placed: &[(Range<usize>, Column)], reaches: &mut [Reach]) -> Vec<Placed> {
    let mut tags = Vec::new();
    for reach in reaches.iter_mut().filter(|reach| reach.rows > 0) {
        tags.extend(reach.tags.iter().map(|tag| (0, tag.clone())));
        reach.rows -= 1;
    }
    for (cell, column) in placed {
        let mut own = Vec::new();
        label(labelled.passage, cell, *column, &mut own);
        own.retain(|(_, tag)| !tags.iter().any(|(_, known)| known == tag));
        tags.extend(own);
    }
    tags
}

fn label(passage: &Passage<'_>, cell: &Range<usize>, column: Column, tags: &mut Vec<Placed>) {
    let Column::Labels(mark) = column else { return };
    if plain::is_date(&passage.text[cell.clone()]) {
        return;
    }
    let codes = passage.stretches(cell, |piece| piece.is_code);
    let text = &passage.text[cell.clone()];
    // A cell that only leads somewhere labels nothing.
    let is_link_name = labels::meaning(plain::trim(text))
        .is_some_and(|meaning| matches!(meaning, Meaning::Paper | Meaning::Elsewhere))
        && passage.links_in(cell).next().is_some();
    if !codes.is_empty() {
        tags.extend(codes.into_iter().map(|range| (range.start, plain::line(&passage.text[range]))));
    } else if !is_link_name {
        tags::push_separated(text, mark, cell.start, tags);
    }
}
