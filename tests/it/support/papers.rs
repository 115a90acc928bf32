//! The papers that the fake service holds. How they are told as Atom is left to `feed` and `feed_before_2025`.
//!
//! Nothing in these papers is science: abstracts are placeholders that say so, and invented titles are plainly invented.

use super::chance::{mixed, pick};

/// An e-print with all its versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FakePaper {
    /// The identifier without version.
    pub id: String,
    /// Its versions, the first one first; never empty.
    pub versions: Vec<FakeVersion>,
    /// arXiv's categories, the primary one first.
    pub categories: Vec<String>,
    /// MSC and ACM classes, which only the service before November 2025 told, as further categories.
    pub subject_classes: Vec<String>,
    /// Where it was published, in the authors' words.
    pub journal_ref: Option<String>,
    /// The DOIs of the published versions.
    pub dois: Vec<String>,
}

/// What belongs to one version and may change with the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FakeVersion {
    /// When it was submitted, as `2024-03-12T13:31:14Z`.
    pub date: String,
    /// The title, on one line.
    pub title: String,
    /// The abstract, with `\n` where a paragraph begins.
    pub summary: String,
    /// The authors in order.
    pub authors: Vec<FakeAuthor>,
    /// The authors' comment.
    pub comment: Option<String>,
}

/// An author as arXiv tells of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FakeAuthor {
    /// The name as one text.
    pub name: String,
    /// None in most papers, several in some.
    pub affiliations: Vec<String>,
}

/// A paper with one version and placeholders throughout. The methods that follow change the latest version, so that
/// `new(id).title("One").next_version(date).title("Two")` has a different title in each.
impl FakePaper {
    /// A paper of the first day of the month that its identifier names.
    pub fn new(id: &str) -> Self {
        let digits = id.rsplit('/').next().unwrap_or(id);
        let century = if id.contains('/') && digits.starts_with('9') { "19" } else { "20" };
        let version = FakeVersion {
            date: format!("{century}{}-{}-01T00:00:00Z", &digits[..2], &digits[2..4]),
            title: format!("Title of {id}"),
            summary: format!("Abstract of {id}, as the fake service tells it."),
            authors: vec![FakeAuthor { name: "Nomen Nescio".to_owned(), affiliations: Vec::new() }],
            comment: None,
        };
        Self {
            id: id.to_owned(),
            versions: vec![version],
            categories: vec!["cs.LG".to_owned()],
            subject_classes: Vec::new(),
            journal_ref: None,
            dois: Vec::new(),
        }
    }

    /// The `n`th of as many papers as a test wants: all different, and the same in every run.
    ///
    /// They carry what real ones do: one to three versions, names beyond ASCII, affiliations, comments, TeX, ampersands.
    pub fn numbered(n: u32) -> Self {
        let seed = u64::from(n);
        let (year, month) = (2015 + n / 12 % 8, 1 + n % 12);
        let day = 1 + mixed(seed) % 27;
        let mut paper = Self::new(&format!("{:02}{month:02}.{:05}", year % 100, 1 + n / 96))
            .title(&format!(
                "{} {} & {}, Part {n}",
                pick(&MANNERS, seed),
                pick(&THINGS, seed + 1),
                pick(&THINGS, seed + 2)
            ))
            .dated(&format!("{year}-{month:02}-{day:02}T{:02}:{:02}:59Z", n % 24, n % 60))
            .authors(&NAMES[..1 + n as usize % NAMES.len()])
            .categories(pick::<&str>(&CATEGORIES, seed));
        for version in 2..=1 + n % 3 {
            paper = paper.next_version(&format!("{}-{month:02}-{day:02}T12:00:00Z", year + version - 1));
        }
        if n.is_multiple_of(2) {
            paper = paper.comment(&format!("{} pages, {} figures", 4 + n % 40, n % 9));
        }
        if n.is_multiple_of(3) {
            paper = paper.affiliated("Institute of Examples");
        }
        if n.is_multiple_of(5) {
            paper = paper.journal_ref(&format!("J. Made Up {n} ({year}) 1-9")).doi(&format!("10.5555/fake.{n}"));
        }
        if n.is_multiple_of(7) {
            paper = paper.subject_class("68T05 (Primary)").subject_class("I.2.6");
        }
        paper
    }

    /// Adds a version of this date, the same as the one before in all else.
    pub fn next_version(mut self, date: &str) -> Self {
        let next = FakeVersion { date: date.to_owned(), ..self.latest().clone() };
        self.versions.push(next);
        self
    }

    /// Sets the date, as `2024-03-12T13:31:14Z`.
    pub fn dated(mut self, date: &str) -> Self {
        self.latest_mut().date = date.to_owned();
        self
    }

    /// Sets the title.
    pub fn title(mut self, title: &str) -> Self {
        self.latest_mut().title = title.to_owned();
        self
    }

    /// Sets the abstract.
    pub fn summary(mut self, summary: &str) -> Self {
        self.latest_mut().summary = summary.to_owned();
        self
    }

    /// Sets the authors, who have no affiliation then.
    pub fn authors(mut self, names: &[&str]) -> Self {
        let author = |name: &&str| FakeAuthor { name: (*name).to_owned(), affiliations: Vec::new() };
        self.latest_mut().authors = names.iter().map(author).collect();
        self
    }

    /// Adds an affiliation to the first author.
    pub fn affiliated(mut self, affiliation: &str) -> Self {
        if let Some(author) = self.latest_mut().authors.first_mut() {
            author.affiliations.push(affiliation.to_owned());
        }
        self
    }

    /// Sets the comment.
    pub fn comment(mut self, comment: &str) -> Self {
        self.latest_mut().comment = Some(comment.to_owned());
        self
    }

    /// Sets the categories from a text such as `cs.DC cs.LG`, the primary one first.
    pub fn categories(mut self, categories: &str) -> Self {
        self.categories = categories.split_whitespace().map(str::to_owned).collect();
        self
    }

    /// Adds an MSC or ACM class.
    pub fn subject_class(mut self, class: &str) -> Self {
        self.subject_classes.push(class.to_owned());
        self
    }

    /// Sets the journal reference.
    pub fn journal_ref(mut self, journal_ref: &str) -> Self {
        self.journal_ref = Some(journal_ref.to_owned());
        self
    }

    /// Adds a DOI.
    pub fn doi(mut self, doi: &str) -> Self {
        self.dois.push(doi.to_owned());
        self
    }

    /// The latest version.
    pub fn latest(&self) -> &FakeVersion {
        self.versions.last().expect("a paper has a first version")
    }

    /// When the paper first appeared.
    pub fn published(&self) -> &str {
        &self.versions[0].date
    }

    fn latest_mut(&mut self) -> &mut FakeVersion {
        self.versions.last_mut().expect("a paper has a first version")
    }
}

const MANNERS: [&str; 6] = ["On", "Towards", "Rethinking", "A Survey of", "$O(n^2)$ Bounds for", "Notes on"];

const THINGS: [&str; 8] = [
    "Imaginary Gradients", "Placeholder Networks", "<Unknown> Tokens", "Made-Up Benchmarks", "Sample Data",
    "Schrödinger's Examples", "Empty Sets", "\"Quoted\" Models",
];

const NAMES: [&str; 5] = ["Ada Example", "Łukasz Przykład", "María José Muestra", "示例 王", "B. O'Sample-Jr."];

const CATEGORIES: [&str; 5] =
    ["cs.LG", "cs.CL cs.AI", "stat.ML cs.LG math.ST", "math.OC", "quant-ph cond-mat.stat-mech"];
