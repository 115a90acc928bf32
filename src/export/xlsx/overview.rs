//! The sheet "Overview": how many papers there are of each category, tag, venue and year, and a chart of each.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Chart, ChartDataLabel, ChartFont, ChartFormat, ChartLine, ChartSolidFill, Worksheet, XlsxError};

use super::style::{DARK, Style};
use super::text;
use crate::model::{Record, Status};

const NAME: &str = "Overview";

/// The row in which the tables begin; the charts stand above them.
const TABLES: u32 = 21;

/// The row in which the charts begin.
const CHARTS: u32 = 3;

/// How high the charts are, in pixels: as the rows above the tables.
const HEIGHT: u32 = 350;

/// How many bars a chart has at most.
const MOST_BARS: u32 = 10;

/// How far apart the first and the last year may be for those between to stand in the table. Further apart, one of them is a
/// slip.
const LONGEST_SPAN: i32 = 100;

/// What is counted, and how often it was met.
type Counts = Vec<(String, u32)>;

/// A table with its chart.
struct Table<'a> {
    /// The first of its columns.
    column: u16,
    /// The names of its columns, with their widths.
    head: &'a [(&'a str, f64)],
    /// What the chart shows.
    title: &'a str,
    /// The cells of each row; the last is the count.
    rows: Vec<(Vec<String>, u32)>,
    form: Form,
}

/// How a chart shows the counts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// The largest counts, as bars with their names beside them.
    Largest,
    /// All counts in their order, as columns.
    InOrder,
}

pub(super) fn fill(sheet: &mut Worksheet, records: &[Record], style: &Style) -> Result<(), XlsxError> {
    sheet.set_name(NAME)?.set_screen_gridlines(false);
    let papers = if records.len() == 1 { "1 paper".to_owned() } else { format!("{} papers", records.len()) };
    sheet.write_string_with_format(0, 0, papers, &style.heading)?;
    sheet.write_string_with_format(1, 0, statuses(records), &style.aside)?;
    for table in tables(records) {
        table.write(sheet, style)?;
    }
    sheet.set_landscape().set_print_fit_to_pages(1, 0);
    Ok(())
}

/// How many papers have which status, in words.
fn statuses(records: &[Record]) -> String {
    let words = [
        (Status::Enriched, "with metadata"),
        (Status::NotFound, "not on arXiv"),
        (Status::Unreachable, "not answered yet"),
        (Status::NoArxivId, "without arXiv identifier"),
    ];
    let counted = words.map(|(status, word)| (records.iter().filter(|record| record.status == status).count(), word));
    let met = counted.into_iter().filter(|(count, _)| *count > 0);
    met.map(|(count, word)| format!("{count} {word}")).collect::<Vec<_>>().join(", ")
}

fn tables(records: &[Record]) -> [Table<'static>; 4] {
    let single = |counts: Counts| counts.into_iter().map(|(name, count)| (vec![name], count)).collect();
    let categories = counted(records, |record| record.categories.iter().map(ToString::to_string).collect());
    let named = |(category, count): (String, u32)| {
        let name = category.clone();
        (vec![category, name], count)
    };
    [
        Table {
            column: 0,
            head: &[("category", 18.0), ("name", 32.0), ("papers", 9.0)],
            title: "Categories",
            rows: categories.into_iter().map(named).collect(),
            form: Form::Largest,
        },
        Table {
            column: 4,
            head: &[("tag", 40.0), ("papers", 9.0)],
            title: "Tags",
            rows: single(counted(records, |record| record.tags.clone())),
            form: Form::Largest,
        },
        Table {
            column: 7,
            head: &[("venue", 40.0), ("papers", 9.0)],
            title: "Venues",
            rows: single(counted(records, |record| record.venue.iter().map(|venue| venue.name.clone()).collect())),
            form: Form::Largest,
        },
        Table {
            column: 10,
            head: &[("year", 40.0), ("papers", 9.0)],
            title: "Years",
            rows: single(years(records)),
            form: Form::InOrder,
        },
    ]
}

/// How many papers have each of their words, the most frequent first.
fn counted(records: &[Record], words: impl Fn(&Record) -> Vec<String>) -> Counts {
    let mut counts = BTreeMap::<String, u32>::new();
    for word in records.iter().flat_map(words) {
        *counts.entry(word).or_default() += 1;
    }
    let mut counts: Counts = counts.into_iter().collect();
    counts.sort_by(|(_, one), (_, other)| other.cmp(one));
    counts
}

/// How many papers there are of each year, the first year first. A paper's year is that of its first version; without one,
/// that of the list's BibTeX or venue.
fn years(records: &[Record]) -> Counts {
    let mut counts = BTreeMap::<i32, u32>::new();
    for record in records {
        let submitted = record.published.and_then(|time| time.strftime("%Y").to_string().parse().ok());
        let cited = || record.citation.as_ref().and_then(|citation| citation.year);
        let shown = || record.venue.as_ref().and_then(|venue| venue.year);
        if let Some(year) = submitted.or_else(cited).or_else(shown) {
            *counts.entry(year).or_default() += 1;
        }
    }
    if let (Some((&first, _)), Some((&last, _))) = (counts.first_key_value(), counts.last_key_value())
        && last.saturating_sub(first) <= LONGEST_SPAN
    {
        for year in first..last {
            counts.entry(year).or_default();
        }
    }
    counts.into_iter().map(|(year, count)| (year.to_string(), count)).collect()
}

impl Table<'_> {
    fn write(&self, sheet: &mut Worksheet, style: &Style) -> Result<(), XlsxError> {
        for ((name, width), column) in self.head.iter().zip(self.column..) {
            sheet.set_column_width(column, *width)?;
            sheet.write_string_with_format(TABLES, column, *name, &style.header)?;
        }
        let counts = self.column + self.head.len() as u16 - 1;
        sheet.set_column_width(counts + 1, 3)?;
        for ((words, count), row) in self.rows.iter().zip(TABLES + 1..).take(super::MOST_ROWS - TABLES as usize) {
            for (word, column) in words.iter().zip(self.column..) {
                match word.parse::<i32>() {
                    Ok(year) if self.form == Form::InOrder => {
                        sheet.write_number_with_format(row, column, year, &style.date.clone().set_num_format("0"))?
                    }
                    _ => sheet.write_string_with_format(row, column, text(word), &style.text)?,
                };
            }
            sheet.write_number_with_format(row, counts, *count, &style.number)?;
        }
        match u32::try_from(self.rows.len()) {
            Ok(0) | Err(_) => sheet.write_string_with_format(TABLES + 1, self.column, "none", &style.aside)?,
            Ok(rows) => sheet.insert_chart(CHARTS, self.column, &self.chart(rows, counts))?,
        };
        Ok(())
    }

    fn chart(&self, rows: u32, counts: u16) -> Chart {
        let (mut chart, shown) = match self.form {
            Form::Largest => (Chart::new_bar(), rows.min(MOST_BARS)),
            Form::InOrder => (Chart::new_column(), rows),
        };
        let (first, last) = (TABLES + 1, TABLES + shown);
        let bars = ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(DARK)).clone();
        let series = chart.add_series();
        series
            .set_categories((NAME, first, counts - 1, last, counts - 1))
            .set_values((NAME, first, counts, last, counts));
        series.set_format(&mut bars.clone()).set_gap(45);
        if shown <= 2 * MOST_BARS {
            series.set_data_label(ChartDataLabel::new().show_value());
        }
        let title =
            if shown < rows { format!("{}: the {shown} most frequent", self.title) } else { self.title.to_owned() };
        chart.title().set_name(&title).set_font(ChartFont::new().set_size(12).set_bold());
        chart.legend().set_hidden();
        // The x axis is the horizontal one, so it counts where the bars lie.
        let names = match self.form {
            Form::Largest => chart.y_axis().set_reverse(),
            Form::InOrder => chart.x_axis(),
        };
        names.set_format(ChartFormat::new().set_line(ChartLine::new().set_color(DARK)));
        let numbers = match self.form {
            Form::Largest => chart.x_axis(),
            Form::InOrder => chart.y_axis(),
        };
        // Where each bar tells its count there is nothing to read off.
        numbers.set_major_gridlines(false).set_hidden(shown <= 2 * MOST_BARS).set_min(0);
        chart.set_alt_text(format!("{title}, by number of papers; the table beneath has the numbers"));
        // A column of so many characters takes seven pixels for each, and five between them.
        let width: f64 = self.head.iter().map(|(_, width)| width * 7.0 + 5.0).sum();
        chart.set_width(width as u32).set_height(HEIGHT);
        chart
    }
}
