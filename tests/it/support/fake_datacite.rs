//! The fake REST API of DataCite: the list of arXiv's DOIs that a query names. Records have the form in which DataCite was
//! seen to tell of arXiv's papers; DOIs are compared letter by letter and stand in its index in lower case.

use std::ops::Deref;

use serde_json::{Map, Value, json};

use super::chance::shuffle;
use super::faults::{Fault, Faults, UNINVITED};
use super::http::{Request, Response};
use super::papers::{FakeAuthor, FakePaper, FakeVersion};
use super::query::{Holdings, given};
use super::reply::{Reply, met};
use super::server::FakeServer;
use super::serving::Role;

const ROLE: Role = Role { path: "/dois", reply, ids };

const JSON: &str = "application/json; charset=utf-8";

/// What arXiv's DOIs begin with.
const PREFIX: &str = "10.48550/arxiv.";

/// How many records a page has unless the request says.
const USUAL_PAGE: usize = 25;

/// The most records on a page.
const LARGEST_PAGE: usize = 1_000;

/// A running server.
pub struct FakeDatacite(FakeServer);

impl FakeDatacite {
    /// Starts on a free port. `faults` is a list for the first requests (`[]` for a good day) or any [`Faults`].
    pub fn start(papers: impl IntoIterator<Item = FakePaper>, faults: impl Into<Faults>) -> Self {
        Self(FakeServer::start(ROLE, 0, papers, faults).expect("a free port on the loopback interface"))
    }
}

impl Deref for FakeDatacite {
    type Target = FakeServer;

    fn deref(&self) -> &FakeServer {
        &self.0
    }
}

/// The DOIs in a query such as `doi:("10.48550/arxiv.2403.07648" OR "…")`. Any other query finds nothing here.
fn dois(request: &Request) -> Vec<String> {
    let query = given(&request.parameters(), "query").unwrap_or_default();
    let inside = query.strip_prefix("doi:(").and_then(|rest| rest.strip_suffix(')')).unwrap_or_default();
    inside.split(" OR ").map(|doi| doi.trim_matches('"').to_owned()).filter(|doi| !doi.is_empty()).collect()
}

fn ids(request: &Request) -> Vec<String> {
    dois(request).iter().map(|doi| doi.trim_start_matches(PREFIX).to_owned()).collect()
}

fn reply(request: &Request, fault: &Fault, number: usize, holdings: &Holdings) -> Reply {
    met(fault, || answer(request, fault, number, holdings), error)
}

fn error(status: u16, says: &str) -> Response {
    Response::new(status, JSON, json!({ "errors": [{ "status": status.to_string(), "title": says }] }).to_string())
}

fn answer(request: &Request, fault: &Fault, number: usize, holdings: &Holdings) -> Response {
    if request.path() != "/dois" || request.method != "GET" {
        return error(404, "The resource you are looking for doesn't exist.");
    }
    let size = given(&request.parameters(), "page[size]").and_then(|size| size.parse::<usize>().ok());
    let size = size.unwrap_or(USUAL_PAGE).min(LARGEST_PAGE);
    let dois = dois(request);
    let mut found: Vec<_> = holdings.values().filter(|paper| dois.contains(&doi(paper))).cloned().collect();
    // What was touched last comes first.
    found.sort_by(|a, b| b.latest().date.cmp(&a.latest().date).then_with(|| b.id.cmp(&a.id)));
    let mut total = found.len();
    found.truncate(size);
    match fault {
        Fault::EmptyFeed => (found, total) = (Vec::new(), 0),
        Fault::MissingEntries(count) => total -= found.drain(..found.len().min(*count)).count(),
        Fault::Duplicated => found = found.iter().flat_map(|one| [one.clone(), one.clone()]).collect(),
        Fault::Shuffled => shuffle(&mut found, number as u64),
        Fault::Uninvited => found.push(FakePaper::new(UNINVITED)),
        Fault::WrongCounts => total += 1_000,
        _ => {}
    }
    let fields = given(&request.parameters(), "fields[dois]");
    let wanted = |name: &str| fields.as_ref().is_none_or(|fields| fields.split(',').any(|field| field == name));
    let resource = |paper: &FakePaper| {
        let attributes: Map<_, _> = attributes(paper).into_iter().filter(|(name, _)| wanted(name)).collect();
        let client = json!({ "client": { "data": { "id": "arxiv.content", "type": "clients" } } });
        json!({ "id": doi(paper), "type": "dois", "attributes": attributes, "relationships": client })
    };
    let list = json!({
        "data": found.iter().map(resource).collect::<Vec<_>>(),
        "meta": { "total": total, "totalPages": total.div_ceil(size.max(1)), "page": 1 },
        "links": { "self": format!("https://api.datacite.org{}", request.target) },
    });
    Response::new(200, JSON, list.to_string())
}

fn doi(paper: &FakePaper) -> String {
    format!("{PREFIX}{}", paper.id.to_lowercase())
}

fn attributes(paper: &FakePaper) -> Map<String, Value> {
    let latest = paper.latest();
    let year = paper.published().split('-').next().unwrap_or_default();
    let titles = json!([{ "title": latest.title }]);
    let mut descriptions = vec![json!({
        "description": latest.summary.split_whitespace().collect::<Vec<_>>().join(" "),
        "descriptionType": "Abstract",
    })];
    descriptions.extend(latest.comment.iter().map(|it| json!({ "description": it, "descriptionType": "Other" })));
    let related = paper.dois.iter().map(|doi| {
        let doi = doi.to_lowercase();
        json!({ "relationType": "IsVersionOf", "relatedIdentifier": doi, "relatedIdentifierType": "DOI" })
    });
    let attributes = json!({
        "doi": doi(paper),
        "identifiers": [{ "identifier": paper.id, "identifierType": "arXiv" }],
        "creators": latest.authors.iter().map(creator).collect::<Vec<_>>(),
        "titles": titles,
        "publisher": "arXiv",
        "container": {},
        "publicationYear": year.parse::<u32>().ok(),
        "subjects": subjects(paper),
        "contributors": [],
        "dates": dates(paper, year),
        "language": null,
        "types": { "citeproc": "article", "resourceType": "Article", "resourceTypeGeneral": "Preprint" },
        "relatedIdentifiers": related.collect::<Vec<_>>(),
        "version": paper.versions.len().to_string(),
        "rightsList": [],
        "descriptions": descriptions,
        "url": format!("https://arxiv.org/abs/{}", paper.id),
        "state": "findable",
    });
    match attributes {
        Value::Object(attributes) => attributes,
        _ => Map::new(),
    }
}

/// A name that has two parts is taken for a person's.
fn creator(author: &FakeAuthor) -> Value {
    let rest = json!([]);
    match author.name.rsplit_once(' ') {
        Some((given, family)) => json!({
            "name": format!("{family}, {given}"), "nameType": "Personal", "givenName": given, "familyName": family,
            "affiliation": rest, "nameIdentifiers": rest,
        }),
        None => {
            json!({ "name": author.name, "nameType": "Organizational", "affiliation": rest, "nameIdentifiers": rest })
        }
    }
}

/// The categories with a name before them, the primary one first and the others in order; then what DataCite adds.
fn subjects(paper: &FakePaper) -> Vec<Value> {
    let mut categories: Vec<_> = paper.categories.iter().map(String::as_str).collect();
    if let Some((_, others)) = categories.split_first_mut() {
        others.sort_unstable();
    }
    let subject = |category: &str| {
        let name = match category {
            "cs.AI" => "Artificial Intelligence",
            "cs.CL" => "Computation and Language",
            "cs.LG" | "stat.ML" => "Machine Learning",
            _ => "Some Field, or Some (Other)",
        };
        json!({ "lang": "en", "subject": format!("{name} ({category})"), "subjectScheme": "arXiv" })
    };
    let field = json!({
        "subject": "FOS: Computer and information sciences",
        "subjectScheme": "Fields of Science and Technology (FOS)",
    });
    categories.into_iter().map(subject).chain([field]).collect()
}

/// Each version's submission and, as `Updated`, when its metadata was touched, which is always later.
fn dates(paper: &FakePaper, year: &str) -> Vec<Value> {
    let of_version = |(at, version): (usize, &FakeVersion)| {
        let label = format!("v{}", at + 1);
        let is_withdrawal = at > 0 && version.comment.as_ref().is_some_and(|it| it.contains("withdrawn"));
        let (kind, told) =
            if is_withdrawal { ("Withdrawn", format!("{label}; None")) } else { ("Submitted", label.clone()) };
        [
            json!({ "date": version.date, "dateType": kind, "dateInformation": told }),
            json!({ "date": "2026-01-05T00:00:00Z", "dateType": "Updated", "dateInformation": label }),
        ]
    };
    let month = paper.published().get(..7).unwrap_or_default();
    let further = [
        json!({ "date": month, "dateType": "Available", "dateInformation": "v1" }),
        json!({ "date": year, "dateType": "Issued" }),
    ];
    paper.versions.iter().enumerate().flat_map(of_version).chain(further).collect()
}
