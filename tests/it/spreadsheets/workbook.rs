//! What the workbook's cells are, as a library reads them: text, dates, numbers, and where they lead.

use std::fs;
use std::io::Cursor;

use calamine::{Data, Range, Reader, Xlsx};

use super::nasty::nasty;
use crate::support::{FakeArxiv, FakePaper, Faults, Project};

const LIST: &str = "# Lists\n\n## First\n\n\
    #### One\n\ntag: `Alpha` | `NIPS24`\n\npaper link: [here](https://arxiv.org/abs/2403.07650v1)\n\n\
    #### Two\n\ntag: `Alpha`\n\npaper link: [here](https://arxiv.org/abs/hep-th/9901001)\n\n\
    #### Three\n\ntag: `=Beta`\n\npaper link: [here](https://a.example/three.pdf)\n\n\
    #### Four\n\npaper link: [here](https://arxiv.org/abs/2403.99999)\n";

fn papers() -> [FakePaper; 2] {
    let one = FakePaper::new("2403.07650").title("=1 is One").categories("cs.LG stat.ML").doi("10.1000/one");
    let two =
        FakePaper::new("hep-th/9901001").categories("hep-th").comment("6 pages").next_version("1999-02-03T04:05:06Z");
    [one, two]
}

/// The workbook of the list, as bytes.
fn workbook() -> Vec<u8> {
    let project = Project::with_list(LIST);
    let outcome = project.run(&FakeArxiv::start(papers(), Faults::none()), &["--format", "xlsx"]);
    assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
    fs::read(project.path("output/enriched.xlsx")).unwrap()
}

/// Each row that has something, as its cells with their kinds.
fn told(sheet: &Range<Data>) -> String {
    let told = |cell: &Data| match cell {
        Data::Empty => "-".to_owned(),
        Data::String(text) => format!("{text:?}"),
        Data::DateTime(date) => format!("day {}", date.as_f64()),
        Data::Float(number) => number.to_string(),
        other => format!("{other:?}"),
    };
    let rows = sheet.rows().map(|row| row.iter().map(told).collect::<Vec<_>>().join(" | "));
    rows.filter(|row| row.contains(|c| !matches!(c, '-' | '|' | ' '))).map(|row| row + "\n").collect()
}

/// A file inside the workbook.
fn part(bytes: &[u8], name: &str) -> String {
    let mut files = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    std::io::read_to_string(files.by_name(name).unwrap()).unwrap()
}

#[test]
fn the_cells_of_every_sheet_have_types() {
    let mut workbook = Xlsx::new(Cursor::new(workbook())).unwrap();
    assert_eq!(workbook.sheet_names(), ["Papers", "Findings", "Overview"]);
    let sheets = workbook.worksheets();
    let told: String = sheets.iter().map(|(name, sheet)| format!("== {name}\n{}", told(sheet))).collect();
    insta::assert_snapshot!("workbook", told);
}

#[test]
fn identifiers_lead_to_their_page_and_dois_to_their_resolver() {
    let links = part(&workbook(), "xl/worksheets/_rels/sheet1.xml.rels");
    let targets: Vec<_> =
        links.split("Target=\"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect();
    assert_eq!(
        targets,
        [
            "https://arxiv.org/abs/2403.07650v1", "https://doi.org/10.1000/one", "https://arxiv.org/pdf/2403.07650v1",
            "https://arxiv.org/abs/hep-th/9901001", "https://arxiv.org/pdf/hep-th/9901001",
            "https://a.example/three.pdf",
        ]
    );
}

#[test]
fn the_header_stays_in_view_and_every_column_can_be_filtered() {
    let sheet = part(&workbook(), "xl/worksheets/sheet1.xml");
    assert!(sheet.contains("<pane xSplit=\"2\" ySplit=\"1\" topLeftCell=\"C2\"") && sheet.contains("state=\"frozen\""));
    assert!(sheet.contains("<autoFilter ref=\"A1:Y5\"/>"), "{sheet}");
    assert_eq!(sheet.matches("ht=\"60\" customHeight=\"1\"").count(), 4, "every paper's row has its height");
}

#[test]
fn no_row_stands_twice_in_a_sheet() {
    let check = |list: &str| {
        let project = Project::with_list(list);
        project.run(&FakeArxiv::start(papers(), Faults::none()), &["--format", "xlsx", "--allow-empty"]);
        let bytes = fs::read(project.path("output/enriched.xlsx")).unwrap();
        for sheet in ["sheet1", "sheet2", "sheet3"] {
            let sheet = part(&bytes, &format!("xl/worksheets/{sheet}.xml"));
            let rows: Vec<u32> =
                sheet.split("<row r=\"").skip(1).map(|rest| rest.split('"').next().unwrap().parse().unwrap()).collect();
            assert!(rows.is_sorted_by(|one, next| one < next), "{rows:?}");
        }
    };
    check(LIST);
    check("# A list without papers\n");
}

#[test]
fn no_cell_of_any_sheet_is_a_formula() {
    let project = nasty("", &["--format", "xlsx"]);
    let bytes = fs::read(project.path("output/enriched.xlsx")).unwrap();
    for sheet in ["sheet1", "sheet2", "sheet3"] {
        let sheet = part(&bytes, &format!("xl/worksheets/{sheet}.xml"));
        assert!(sheet.contains("<sheetData>") && !sheet.contains("<f>"));
    }
}

#[test]
fn each_chart_draws_what_its_table_counts() {
    let bytes = workbook();
    let ranges = |chart: &str| {
        let chart = part(&bytes, &format!("xl/charts/{chart}.xml"));
        let ranges = chart.split("<c:f>").skip(1).map(|rest| rest.split('<').next().unwrap().to_owned());
        ranges.collect::<Vec<_>>()
    };
    assert_eq!(ranges("chart1"), ["Overview!$B$23:$B$25", "Overview!$C$23:$C$25"]);
    assert_eq!(ranges("chart2"), ["Overview!$E$23:$E$25", "Overview!$F$23:$F$25"]);
    assert_eq!(ranges("chart3"), ["Overview!$H$23", "Overview!$I$23"]);
    assert_eq!(ranges("chart4"), ["Overview!$K$23:$K$48", "Overview!$L$23:$L$48"]);
}

#[test]
fn the_same_papers_give_the_same_bytes() {
    assert_eq!(workbook(), workbook());
}
