//! The fake OAI-PMH interface of arXiv: GetRecord in the prefix `arXiv`, for one paper a request and its latest version alone.
//! It answers as arXiv's own code does since March 2025 (<https://github.com/arXiv/oaipmh>); under [`Fault::OldForm`] as the
//! service before, whose answers have been recorded and whose dates meant something else.

use std::ops::Deref;

use super::faults::{Fault, Faults, UNINVITED};
use super::feed::{FEED_DATE, add, escaped};
use super::http::{Request, Response};
use super::papers::{FakeAuthor, FakePaper};
use super::query::{Holdings, given, pairs};
use super::reply::{HTML, Reply, html, met};
use super::server::FakeServer;
use super::serving::Role;

const ROLE: Role = Role { path: "/oai", reply, ids };

const XML: &str = "application/xml";

/// What precedes arXiv's identifier in an OAI identifier.
const PREFIX: &str = "oai:arXiv.org:";

/// A running server.
pub struct FakeOai(FakeServer);

impl FakeOai {
    /// Starts on a free port. `faults` is a list for the first requests (`[]` for a good day) or any [`Faults`].
    pub fn start(papers: impl IntoIterator<Item = FakePaper>, faults: impl Into<Faults>) -> Self {
        Self(FakeServer::start(ROLE, 0, papers, faults).expect("a free port on the loopback interface"))
    }
}

impl Deref for FakeOai {
    type Target = FakeServer;

    fn deref(&self) -> &FakeServer {
        &self.0
    }
}

fn ids(request: &Request) -> Vec<String> {
    let identifier = given(&request.parameters(), "identifier");
    identifier.iter().map(|identifier| identifier.trim_start_matches(PREFIX).to_owned()).collect()
}

fn reply(request: &Request, fault: &Fault, _number: usize, holdings: &Holdings) -> Reply {
    met(fault, || answer(request, fault, holdings), |status, says| Response::new(status, HTML, html(says)))
}

fn answer(request: &Request, fault: &Fault, holdings: &Holdings) -> Response {
    if request.path() != "/oai" {
        return Response::new(404, HTML, html("Not Found"));
    }
    if !matches!(request.method.as_str(), "GET" | "POST") {
        return Response::new(405, HTML, html("Method Not Allowed")).with("Allow", "GET, POST");
    }
    let form = if *fault == Fault::OldForm { Form::Before2025 } else { Form::Today };
    Response::new(200, XML, told(&request.parameters(), fault, form, holdings))
}

/// Which service writes the answer.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Today,
    Before2025,
}

fn told(parameters: &str, fault: &Fault, form: Form, holdings: &Holdings) -> String {
    let mut names: Vec<_> = pairs(parameters).map(|(name, _)| name).collect();
    names.sort();
    let value = |name: &str| given(parameters, name).unwrap_or_default();
    let paper = match fault {
        Fault::EmptyFeed => return answered(form, "", ""),
        Fault::Uninvited => Some(FakePaper::new(UNINVITED)),
        Fault::MissingEntries(_) => None,
        _ => value("identifier").strip_prefix(PREFIX).and_then(|id| holdings.get(id).cloned()),
    };
    let no_argument = "Parameters provided did not match expected.";
    match paper {
        _ if value("verb") != "GetRecord" => error(form, "badVerb", "Invalid verb provided"),
        _ if names != ["identifier", "metadataPrefix", "verb"] => error(form, "badArgument", no_argument),
        _ if value("metadataPrefix") != "arXiv" => {
            error(form, "cannotDisseminateFormat", "Did not recognize requested format")
        }
        None => error(form, "idDoesNotExist", "Nothing found for this ID"),
        Some(paper) => {
            let identifier = value("identifier");
            let asked = format!(" verb=\"GetRecord\" identifier=\"{}\" metadataPrefix=\"arXiv\"", escaped(&identifier));
            answered(form, &asked, &format!("<GetRecord>\n{}</GetRecord>\n", record(&paper, form)))
        }
    }
}

fn answered(form: Form, asked: &str, content: &str) -> String {
    let service = match form {
        Form::Today => "http://oaipmh.arxiv.org/oai",
        Form::Before2025 => "http://export.arxiv.org/oai2",
    };
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<OAI-PMH xmlns=\"http://www.openarchives.org/OAI/2.0/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
         xsi:schemaLocation=\"http://www.openarchives.org/OAI/2.0/ http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd\">\n\
         <responseDate>{FEED_DATE}</responseDate>\n<request{asked}>{service}</request>\n{content}</OAI-PMH>\n"
    )
}

fn error(form: Form, code: &str, says: &str) -> String {
    answered(form, "", &format!("<error code='{code}'>{}</error>\n", escaped(says)))
}

fn record(paper: &FakePaper, form: Form) -> String {
    let latest = paper.latest();
    let mut xml = format!("<record>\n<header>\n <identifier>{PREFIX}{}</identifier>\n", paper.id);
    add(&mut xml, format_args!(" <datestamp>{}</datestamp>\n", day(FEED_DATE)));
    for category in &paper.categories {
        add(&mut xml, format_args!(" <setSpec>{}</setSpec>\n", set(category, form)));
    }
    xml.push_str("</header>\n<metadata>\n <arXiv xmlns=\"http://arxiv.org/OAI/arXiv/\">\n");
    add(&mut xml, format_args!(" <id>{}</id>", paper.id));
    // Today's service tells when the latest version was submitted and when its metadata was last touched; the one before told
    // of the first version and of the latest.
    let (created, updated) = match form {
        Form::Today => (latest.date.as_str(), FEED_DATE),
        Form::Before2025 => (paper.published(), latest.date.as_str()),
    };
    add(&mut xml, format_args!("<created>{}</created>", day(created)));
    if paper.versions.len() > 1 {
        add(&mut xml, format_args!("<updated>{}</updated>", day(updated)));
    }
    xml.push_str("<authors>");
    latest.authors.iter().for_each(|author| add_author(&mut xml, author));
    xml.push_str("</authors>");
    let dois = (!paper.dois.is_empty()).then(|| paper.dois.join(", "));
    let summary = format!("  {}\n", latest.summary.trim().replace('\n', "\n  "));
    let fields = [
        ("title", Some(&latest.title)),
        ("categories", Some(&paper.categories.join(" "))),
        ("comments", latest.comment.as_ref()),
        ("msc-class", paper.subject_classes.first()),
        ("journal-ref", paper.journal_ref.as_ref()),
        ("doi", dois.as_ref()),
        ("abstract", Some(&summary)),
    ];
    for (name, text) in fields {
        if let Some(text) = text {
            add(&mut xml, format_args!("<{name}>{}</{name}>", escaped(text)));
        }
    }
    xml + "</arXiv>\n</metadata>\n</record>\n"
}

fn add_author(xml: &mut String, author: &FakeAuthor) {
    xml.push_str("<author>");
    let (forenames, keyname) = author.name.rsplit_once(' ').unwrap_or(("", &author.name));
    add(xml, format_args!("<keyname>{}</keyname>", escaped(keyname)));
    if !forenames.is_empty() {
        add(xml, format_args!("<forenames>{}</forenames>", escaped(forenames)));
    }
    xml.push_str("</author>");
}

/// The set of a category: `cs:cs:LG` and `physics:hep-th` today, `cs` and `physics:hep-th` before.
fn set(category: &str, form: Form) -> String {
    let (archive, class) = category.split_once('.').unwrap_or((category, ""));
    let stands_alone = ["cs", "econ", "eess", "math", "q-bio", "q-fin", "stat"].contains(&archive);
    let archive = if stands_alone { archive.to_owned() } else { format!("physics:{archive}") };
    match form {
        Form::Before2025 => archive,
        Form::Today if class.is_empty() => archive,
        Form::Today if stands_alone => format!("{archive}:{archive}:{class}"),
        Form::Today => format!("{archive}:{class}"),
    }
}

/// The day of a time such as `2024-03-12T13:31:14Z`.
fn day(time: &str) -> &str {
    time.split('T').next().unwrap_or(time)
}
