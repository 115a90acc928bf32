//! Rows of tables into entries.

use std::ops::Range;

use std::collections::HashMap;

use super::compose::without_affixes;
use super::draft::{self, Draft, Scope, Tools};
use super::list::List;
use super::proven;
use super::reasons::From;
use super::tags::{self, Placed};
use crate::extract::conventions::{Column, Group, Header, Holds, Slots, columns, header};
use crate::extract::features::labels::{self, Meaning};
use crate::extract::features::links;
use crate::extract::features::plain;
use crate::extract::features::title::{self, Candidate, Title};
use crate::extract::features::venue;
use crate::extract::options::Options;
use crate::extract::units::Shape;
use crate::extract::units::document::Task;
use crate::extract::units::grid::{self, Cell, GridRow};
use crate::extract::units::passage::Passage;

/// A column for which less speaks holds no titles.
const FAINTEST: f32 = 0.25;

/// The titles of rows, each with its cell.
type Titles = HashMap<usize, (Range<usize>, Title)>;

/// Reads the rows of a table.
pub(super) fn read(list: &List<'_, '_>, table: usize, tools: &mut Tools<'_>) -> Vec<Draft> {
    let rows = grid::rows(list.document, &list.tree, table);
    let passage = list.passage();
    let width = rows.iter().take(64).map(|row| row.cells.len()).max().unwrap_or(0);
    let has_text = |row: &&GridRow| row.cells.iter().any(|cell| is_filled(passage, cell));
    let first = rows.first().filter(|row| !row.is_header && is_untold_header(passage, row)).map(|row| row.unit);
    let is_header = |row: &GridRow| row.is_header || first == Some(row.unit);
    let body: Vec<&GridRow> =
        rows.iter().filter(|row| !is_header(row) && heading(passage, row, width).is_none()).filter(has_text).collect();
    let mut headers: Vec<Header> = Vec::new();
    let mut known: Option<(Vec<Column>, Titles)> = None;
    let mut drafts = Vec::new();
    let mut group = None;
    for row in rows.iter().filter(has_text) {
        if let Some(name) = heading(passage, row, width) {
            group = Some(name);
        } else if is_header(row) {
            add_headers(passage, row, tools.options, &mut headers);
            known = None;
        } else {
            let (columns, titles) = known.get_or_insert_with(|| {
                let mut columns = columns(&list.labelled, &headers, &body);
                let proved = proven::rows(list, &body, tools.options);
                proved.settle(&mut columns);
                let titles = titles(list, table, &columns, (&body, &proved), tools.options);
                (columns, titles)
            });
            let first = drafts.len();
            let title = titles.remove(&row.unit);
            read_row(list, row, columns, title, tools, &mut drafts);
            for draft in &mut drafts[first..] {
                draft.group.clone_from(&group);
                draft.why.is_unit(row.unit, &list.tree.units[row.unit].own);
            }
        }
    }
    drafts
}

/// Whether a cell holds more than white space.
fn is_filled(passage: &Passage<'_>, cell: &Cell) -> bool {
    !passage.text[cell.range.clone()].trim().is_empty()
}

/// The text of a row that heads the rows below it: one cell alone that spans the table, without a link.
fn heading(passage: &Passage<'_>, row: &GridRow, width: usize) -> Option<String> {
    let mut filled = row.cells.iter().filter(|cell| is_filled(passage, cell));
    let cell = filled.next().filter(|_| filled.next().is_none())?;
    let spans = cell.columns >= width.max(2) || row.cells.len() >= width.max(2) && cell.column == 0;
    let text = plain::title(&passage.text[cell.range.clone()]);
    let is_heading = spans
        && !cell.is_from_above
        && passage.links_in(&cell.range).is_empty()
        && (1..=10).contains(&plain::word_count(&text));
    (is_heading && text.contains(char::is_alphabetic)).then_some(text)
}

/// Adds what a row of headers says; of several rows the last that says something of a column decides.
fn add_headers(passage: &Passage<'_>, row: &GridRow, options: &Options, headers: &mut Vec<Header>) {
    for cell in row.cells.iter().filter(|cell| !cell.is_from_above) {
        let said = header(&plain::line(&passage.text[cell.range.clone()]), options);
        let end = cell.column + cell.columns;
        if headers.len() < end {
            headers.resize(end, Header::Unknown);
        }
        for known in
            headers[cell.column..end].iter_mut().filter(|known| said != Header::Unknown || **known == Header::Unknown)
        {
            *known = said;
        }
    }
}

/// A first row without links whose cells are known names of columns.
fn is_untold_header(passage: &Passage<'_>, row: &GridRow) -> bool {
    let filled: Vec<&Cell> = row.cells.iter().filter(|cell| is_filled(passage, cell)).collect();
    let known =
        |cell: &&&Cell| header(&plain::line(&passage.text[cell.range.clone()]), &Options::default()) != Header::Unknown;
    filled.len() >= 2
        && filled.iter().all(|cell| passage.links_in(&cell.range).is_empty())
        && filled.iter().filter(known).count() * 2 >= filled.len()
}

/// The entries of one row: the one of its title, and those that links with titles of their own present beside it.
fn read_row(
    list: &List<'_, '_>,
    row: &GridRow,
    columns: &[Column],
    title: Option<(Range<usize>, Title)>,
    tools: &mut Tools<'_>,
    drafts: &mut Vec<Draft>,
) {
    let labelled = &list.labelled;
    let within = list.own(row.unit);
    let placed: Vec<(&Cell, Column)> = row.cells.iter().map(|cell| (cell, column(list, columns, cell))).collect();
    let mut tags: Vec<Placed> = Vec::new();
    for (cell, column) in placed.iter().filter(|(_, column)| column.holds == Holds::Labels) {
        let mut own = Vec::new();
        label(list, &cell.range, column.mark, &mut own);
        if cell.is_from_above {
            own.iter_mut().for_each(|(at, _)| *at = 0);
        }
        own.retain(|(_, tag)| !tags.iter().any(|(_, known)| known == tag));
        tags.extend(own);
    }
    let row_start = drafts.len();
    let parts = draft::parts(labelled, &within);
    match title.filter(|_| parts.len() == 1) {
        Some((cell, title)) => {
            let scope = Scope { within, title: Some(title.clone()), references: Vec::new(), task: Task::None };
            drafts.push(draft::one(labelled, scope, tools));
            let column = row.cells.iter().find(|own| own.range == cell).map(|own| From::Column(own.column));
            drafts[row_start].why.title = column;
            if list.passage().links_in(&cell).len() > 1 {
                let others = draft::other_papers(labelled, &cell, Some(&title), &mut drafts[row_start]);
                drafts.extend(others);
            }
        }
        None => {
            for within in parts {
                let title = title::find(labelled, &within);
                let first = drafts.len();
                let scope =
                    Scope { within: within.clone(), title: title.clone(), references: Vec::new(), task: Task::None };
                drafts.push(draft::one(labelled, scope, tools));
                let others = draft::other_papers(labelled, &within, title.as_ref(), &mut drafts[first]);
                drafts.extend(others);
            }
        }
    }
    let drafts = &mut drafts[row_start..];
    if let Some(first) = drafts.first_mut().filter(|first| first.id.is_none()) {
        let cells = placed.iter().filter(|(cell, column)| column.holds == Holds::Identifiers && !cell.is_from_above);
        first.id = cells.filter_map(|(cell, _)| links::bare(&list.passage().text[cell.range.clone()])).next();
    }
    // The labels of a row are those of every paper in it.
    for draft in drafts {
        draft.tags.extend(tags.iter().cloned());
        draft.tags.sort_by_key(|(at, _)| *at);
    }
}

/// The titles of rows with their cells, each in the column for which most speaks and that has one there.
fn titles(
    list: &List<'_, '_>,
    table: usize,
    columns: &[Column],
    (rows, proved): (&[&GridRow], &proven::Rows),
    options: &Options,
) -> Titles {
    let mut order: Vec<usize> = (0..columns.len()).filter(|column| columns[*column].title >= FAINTEST).collect();
    order.sort_by(|one, other| columns[*other].title.total_cmp(&columns[*one].title));
    let own = proved.proofs.iter().map(|(row, (_, cell, proof))| (*row, (cell.clone(), proof.title.clone())));
    let mut titles: Titles = own.collect();
    for column in order.into_iter().take(4) {
        let mut cells: Vec<(usize, Range<usize>, Vec<Candidate>)> = Vec::new();
        for row in rows.iter().filter(|row| !titles.contains_key(&row.unit)) {
            if let Some(cell) = row.cells.iter().find(|cell| cell.column == column && !cell.is_from_above) {
                cells.push((row.unit, cell.range.clone(), title::candidates(&list.labelled, &cell.range)));
            }
        }
        without_affixes(&list.labelled, cells.iter_mut().map(|(_, _, candidates)| candidates));
        let group = Group { parent: table, shape: Shape::Row };
        let mut slots =
            Slots::of(cells.iter().map(|(_, _, candidates)| (group, &**candidates))).preferring(options.title.as_ref());
        let here = proved.proofs.values().filter(|(proved, ..)| *proved == column);
        here.filter_map(|(_, _, proof)| proof.slot).for_each(|slot| slots.prove(group, slot));
        for (unit, range, candidates) in &cells {
            if let Some(chosen) = slots.choose(group, candidates) {
                titles.insert(*unit, (range.clone(), chosen.title.clone()));
            }
        }
    }
    titles
}

/// What the column of a cell holds. A cell beyond the last column was shifted by a slip; it is read as the last column's.
fn column(list: &List<'_, '_>, columns: &[Column], cell: &Cell) -> Column {
    match columns.get(cell.column) {
        Some(column) => *column,
        None if venue::looks_like_venue(plain::trim(&list.passage().text[cell.range.clone()])) => {
            Column { holds: Holds::Labels, ..Column::default() }
        }
        None => columns.last().copied().unwrap_or_default(),
    }
}

fn label(list: &List<'_, '_>, cell: &Range<usize>, mark: Option<char>, tags: &mut Vec<Placed>) {
    let passage = list.passage();
    let text = &passage.text[cell.clone()];
    if plain::is_date(text) {
        return;
    }
    let codes = passage.stretches(cell, |piece| piece.is_code);
    // A cell that only leads somewhere labels nothing.
    let is_link_name = labels::meaning(plain::trim(text))
        .is_some_and(|meaning| matches!(meaning, Meaning::Paper | Meaning::Elsewhere))
        && !passage.links_in(cell).is_empty();
    if !codes.is_empty() {
        let labels = codes.into_iter().map(|range| (range.start, plain::line(&passage.text[range])));
        tags.extend(labels.filter(|(_, label)| !labels::is_identifier(label)));
    } else if !is_link_name {
        tags::push_separated(text, mark, cell.start, tags);
    }
}
