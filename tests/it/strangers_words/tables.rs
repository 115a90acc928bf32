//! Tables, pages and references hold no control character but white space, and no cell of the CSV is calculated, whichever
//! separator a program expects. The JSON keeps what was said, escaped.

use std::fs;
use std::io::Read;

use calamine::{Reader, Xlsx, open_workbook};

use super::{run, snapshot_line};
use crate::support::Project;

const CONTROLS: &str = "ti\u{1b}[31mtle\u{0}\u{7}\u{7f}\u{9b}\u{8}";

/// What begins a formula, behind each separator and behind what programs pass over.
const FORMULAS: [&str; 12] = [
    "A;=2+40", "A\t=2+40", "A|=2+40", "A,=2+40", "=2+40", " =2+40", "\u{3000}＝2+40", "A; +2;\u{a0}-3", "A;\"=2\"",
    "A;\n@SUM(1)", "A;\u{200b}=2", "\u{1b}=2;\u{1b}=3",
];

fn project(settings: &str, formats: &str) -> Project {
    // A list with NUL would be no text.
    let controls = CONTROLS.replace('\0', "");
    let mut list = format!("# {controls}\n");
    let mut snapshot = String::new();
    for (n, formula) in (1..).zip(FORMULAS) {
        let id = format!("2403.{n:05}");
        let further = [("comments", formula), ("journal-ref", formula), ("doi", formula), ("abstract", formula)];
        snapshot += &snapshot_line(&id, &format!("{formula} {CONTROLS}"), &[formula, CONTROLS], &further);
        list += &format!("\n- [{formula} {controls}](https://arxiv.org/abs/{id}) `{formula}` `{controls}`\n");
    }
    run(&list, &snapshot, settings, formats)
}

#[test]
fn no_cell_is_calculated_whichever_separator_is_expected() {
    for delimiter in [",", ";", "\\t", "|"] {
        let project = project(&format!("[csv]\nbom = false\ndelimiter = \"{delimiter}\"\n"), "csv");
        let text = project.read("output/enriched.csv").unwrap();
        for expected in [b',', b';', b'\t', b'|'] {
            let mut reader = csv::ReaderBuilder::new().delimiter(expected).flexible(true).from_reader(text.as_bytes());
            let cells: Vec<_> =
                reader.records().flat_map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>()).collect();
            let is_calculated = |cell: &&String| {
                cell.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{200b}')
                    .starts_with(['=', '+', '-', '@', '＝'])
            };
            assert_eq!(cells.iter().find(is_calculated), None, "{delimiter} read as {}", char::from(expected));
        }
    }
}

#[test]
fn no_text_form_holds_a_control_character_and_the_json_holds_all() {
    let project = project("", "json,csv,xlsx,html,md,bib,ris,csl-json,sqlite");
    let is_unwanted = |c: char| c.is_control() && !c.is_whitespace();
    for file in ["enriched.csv", "index.html", "papers.md", "references.bib", "references.ris"] {
        let text = project.read(format!("output/{file}")).unwrap();
        assert!(text.contains("ti[31mtle") || text.contains("ti\\[31mtle"), "{file}");
        assert!(!text.contains(is_unwanted) && !text.contains("\\u001b") && !text.contains("\\u0000"), "{file}");
    }
    let mut workbook: Xlsx<_> = open_workbook(project.path("output/enriched.xlsx")).unwrap();
    let sheet = workbook.worksheet_range("Papers").unwrap();
    assert!(sheet.rows().flatten().all(|cell| !cell.to_string().contains(is_unwanted)));
    let database = rusqlite::Connection::open(project.path("output/papers.db")).unwrap();
    for column in ["title", "title_tex", "comment", "listed_title"] {
        let question = format!("SELECT {column} FROM papers");
        let mut rows = database.prepare(&question).unwrap();
        let texts: Vec<String> = rows.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
        assert!(texts.iter().all(|text| !text.contains(is_unwanted)), "{column}");
    }
    for file in ["enriched.json", "references.json"] {
        let mut text = String::new();
        fs::File::open(project.path(format!("output/{file}"))).unwrap().read_to_string(&mut text).unwrap();
        assert!(text.contains("ti\\u001b[31mtle"), "{file}");
    }
}
