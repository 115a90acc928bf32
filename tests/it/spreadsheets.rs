//! What a spreadsheet makes of the CSV and the workbook: every cell comes back as written, nothing is calculated, no row is
//! split. LibreOffice opens them and tells what it saw as CSV; `frames` does the same with pandas and DuckDB, and `workbook`
//! looks at the cells themselves.

mod frames;
mod nasty;
mod picture;
mod workbook;

use std::fs;
use std::process::Command;

use self::nasty::nasty;
use crate::support::{FakeArxiv, Faults, Project, tool};

/// What the office is to write: commas, quotes, UTF-8, values as they are shown, no formulas, every sheet.
const AS_SHOWN: &str = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1";

/// The settings of a keeper whose spreadsheet takes a comma for a decimal point.
const SEMICOLON: &str = "[csv]\ndelimiter = ';'\n";

/// A table as rows of cells, the header first.
type Rows = Vec<Vec<String>>;

/// What stands in a CSV file.
fn rows(text: &str, delimiter: u8) -> Rows {
    let text = text.trim_start_matches('\u{feff}');
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(text.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// What LibreOffice shows of a file of the project: the first sheet whose name holds `sheet`.
fn shown(project: &Project, file: &str, sheet: &str, reading: &[&str]) -> Rows {
    let office = tool("soffice");
    let profile = url::Url::from_directory_path(project.path("office/profile")).unwrap();
    let output = Command::new(office)
        .arg(format!("-env:UserInstallation={profile}"))
        .args(["--headless", "--convert-to", AS_SHOWN, "--outdir"])
        .arg(project.path("office/out"))
        .args(reading)
        .arg(project.path(file))
        .output()
        .unwrap();
    let files = fs::read_dir(project.path("office/out")).unwrap().map(|file| file.unwrap().path());
    let file = files.into_iter().find(|path| path.to_string_lossy().contains(sheet));
    let file = file.unwrap_or_else(|| panic!("the office wrote no {sheet}: {output:?}"));
    rows(&fs::read_to_string(file).unwrap(), b',')
}

/// What a spreadsheet makes of our `true` and `false`, its own words in capitals, counts as the same.
fn check(shown: &Rows, written: &Rows) {
    let head = &written[0];
    assert_eq!(shown.len(), written.len(), "no row is split or lost");
    for (shown, written) in shown.iter().zip(written) {
        assert_eq!(shown.len(), head.len(), "no cell is split: {:?}", written[0]);
        for ((shown, written), column) in shown.iter().zip(written).zip(head) {
            let shown = if column == "withdrawn" { &shown.to_lowercase() } else { shown };
            assert_eq!(shown, written, "{column}");
        }
    }
}

/// A project with the CSV of the nasty papers, and what stands in it.
fn written(settings: &str, delimiter: u8) -> (Project, Rows) {
    let project = nasty(settings, &[]);
    let written = rows(&project.read("output/enriched.csv").unwrap(), delimiter);
    (project, written)
}

#[test]
fn every_paper_is_one_row_of_the_csv() {
    for (settings, delimiter) in [("", b','), (SEMICOLON, b';')] {
        let (_, written) = written(settings, delimiter);
        assert_eq!(written.len(), nasty::papers().len() + 2);
        assert!(written.iter().all(|row| row.len() == written[0].len()));
    }
}

fn csv_comes_back(settings: &str, delimiter: u8) {
    let (project, written) = written(settings, delimiter);
    // UTF-8, the header in the first line, and nothing said of any column.
    let reading = format!("--infilter=CSV:{delimiter},34,76,1");
    let shown = shown(&project, "output/enriched.csv", "enriched", &[&reading]);
    check(&shown, &written);
}

#[test]
#[ignore = "needs LibreOffice (.ci/tools installs it)"]
fn every_cell_of_the_csv_comes_back_from_a_spreadsheet_as_written() {
    csv_comes_back("", b',');
}

#[test]
#[ignore = "needs LibreOffice (.ci/tools installs it)"]
fn every_cell_comes_back_where_a_semicolon_stands_between_them() {
    csv_comes_back(SEMICOLON, b';');
}

#[test]
#[ignore = "needs LibreOffice (.ci/tools installs it)"]
fn every_cell_of_the_workbook_comes_back_from_a_spreadsheet_as_written() {
    let project = nasty("[csv]\nformula_guard = false\n", &["--format", "xlsx"]);
    let mut shown = shown(&project, "output/enriched.xlsx", "Papers", &[]);
    // A CSV of the same columns without guards tells what was to be written.
    let columns = shown[0].join(",");
    project.run(&FakeArxiv::start(nasty::papers(), Faults::none()), &["--format", "csv", "--columns", &columns]);
    let written = rows(&project.read("output/enriched.csv").unwrap(), b',');
    for row in shown.iter_mut().skip(1).filter(|row| !row[0].is_empty()) {
        row[0].insert_str(0, "arXiv:");
    }
    check(&shown, &written);
}

#[test]
fn a_cut_cell_says_so_and_is_as_long_as_a_cell_can_be() {
    let project = nasty("", &[]);
    let rows = rows(&project.read("output/enriched.csv").unwrap(), b',');
    let column = |name: &str| rows[0].iter().position(|column| column == name).unwrap();
    let cell = |id: &str, name: &str| {
        let row = rows.iter().find(|row| row[0] == format!("arXiv:{id}")).unwrap();
        let cell = &row[column(name)];
        (cell.encode_utf16().count(), cell.ends_with('…'))
    };
    assert_eq!(cell("2403.10000", "authors"), (32_767, true));
    assert_eq!(cell("2403.20000", "abstract"), (32_767, true));
    // A surrogate pair is not cut in two.
    assert_eq!(cell("2403.30000", "abstract"), (32_767, true));
}
