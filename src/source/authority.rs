//! Whose word an answer is. Answers are kept under this name, so that those of a made-up arXiv never pass for the real one's.

use std::fmt;

use url::Url;

use super::arxiv_api::is_arxiv;
use super::datacite::is_datacite;

/// Who answers: arXiv, DataCite, or whoever does at another address.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Authority(String);

impl Authority {
    /// arXiv itself, by any of its interfaces.
    pub fn arxiv() -> Self {
        Self("arxiv.org".to_owned())
    }

    /// DataCite itself.
    fn datacite() -> Self {
        Self("datacite.org".to_owned())
    }

    /// Who answers at this address. Without TLS nobody knows that it is arXiv or DataCite.
    pub fn of(endpoint: &Url) -> Self {
        match endpoint.scheme() {
            "https" if is_arxiv(endpoint) => Self::arxiv(),
            "https" if is_datacite(endpoint) => Self::datacite(),
            // A key or a password may stand in the rest of the address.
            scheme => {
                let host = endpoint.host_str().unwrap_or_default();
                Self(format!("{scheme}://{host}:{}{}", endpoint.port_or_known_default().unwrap_or(0), endpoint.path()))
            }
        }
    }

    /// All whose word counts where this one is asked. DataCite's word of arXiv's papers comes from arXiv.
    pub fn with_others(self) -> Vec<Self> {
        if self == Self::arxiv() { vec![self, Self::datacite()] } else { vec![self] }
    }

    /// The name that answers are kept under.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Authority {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_arxivs_own_hosts_speak_for_arxiv() {
        let check = |url: &str, expected: &str| {
            assert_eq!(Authority::of(&Url::parse(url).unwrap()).as_str(), expected, "{url}");
        };
        check("https://export.arxiv.org/api/query", "arxiv.org");
        check("https://oaipmh.arxiv.org/oai", "arxiv.org");
        check("https://api.datacite.org/dois", "datacite.org");
        check("http://export.arxiv.org:8080/api/query", "http://export.arxiv.org:8080/api/query");
        check("https://arxiv.org.example/api/query", "https://arxiv.org.example:443/api/query");
        check("http://me:secret@127.0.0.1:1/api?key=secret", "http://127.0.0.1:1/api");
    }
}
