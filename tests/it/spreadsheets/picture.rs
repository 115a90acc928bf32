//! How the workbook looks: pictures of its first and last page for people to look at, in `target/sheet`. With
//! `ENRICH_PICTURES=docs` those of README are written anew as well.

use std::path::Path;
use std::process::{Command, Stdio};
use std::{env, fs};

use enrich::export::{self, Contents, Format, Options};
use tempfile::TempDir;
use url::Url;

use crate::support::{reading_list, tool};

/// No picture in the repository is larger.
const LARGEST_PICTURE: u64 = 200_000;

/// So many papers as make charts worth looking at.
const PAPERS: usize = 240;

/// Runs a program and gives what it said.
fn run(command: &mut Command) -> String {
    let output = command.stderr(Stdio::inherit()).output().unwrap();
    assert!(output.status.success(), "{command:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// The number of pages of a document.
fn pages(info: &str) -> &str {
    info.lines().find_map(|line| line.strip_prefix("Pages:")).unwrap().trim()
}

#[test]
#[ignore = "needs LibreOffice and Poppler (.ci/tools installs them)"]
fn pictures_are_taken() {
    let (office, pdfinfo, pdftoppm) = (tool("soffice"), tool("pdfinfo"), tool("pdftoppm"));
    let folder = TempDir::new().unwrap();
    let at = |name: &str| folder.path().join(name);
    let records = reading_list(PAPERS);
    let mut workbook = fs::File::create(at("papers.xlsx")).unwrap();
    let contents = Contents { records: &records, findings: &[] };
    export::write(Format::Xlsx, contents, &Options::default(), &mut workbook).unwrap();
    run(Command::new(office)
        .arg(format!("-env:UserInstallation={}", Url::from_directory_path(at("profile")).unwrap()))
        .args(["--headless", "--convert-to", "pdf", "--outdir"])
        .args([folder.path(), &at("papers.xlsx")]));
    let info = run(Command::new(pdfinfo).arg(at("papers.pdf")));
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    fs::create_dir_all(root.join("target/sheet")).unwrap();
    // The part of each page that has something, in pixels of a page of paper in landscape.
    for (name, page, part) in
        [("sheet", "1", [75, 80, 1170, 444]), ("sheet-overview", pages(&info), [75, 80, 1170, 410])]
    {
        let picture = root.join("target/sheet").join(name);
        let [x, y, width, height] = part.map(|length| length.to_string());
        run(Command::new(&pdftoppm)
            .args(["-png", "-singlefile", "-r", "120", "-f", page, "-l", page])
            .args(["-x", &x, "-y", &y, "-W", &width, "-H", &height])
            .args([&at("papers.pdf"), &picture]));
        let picture = picture.with_extension("png");
        let bytes = fs::metadata(&picture).unwrap().len();
        assert!(bytes < LARGEST_PICTURE, "{name} has {bytes} bytes");
        if env::var("ENRICH_PICTURES").is_ok_and(|value| value == "docs") {
            fs::create_dir_all(root.join("docs")).unwrap();
            fs::copy(&picture, root.join(format!("docs/{name}.png"))).unwrap();
        }
    }
}
