//! The fake arXiv API: a server that plays the role of `reply`.

use std::io;
use std::ops::Deref;

use super::faults::Faults;
use super::papers::FakePaper;
use super::query::id_list;
use super::reply::reply;
use super::server::FakeServer;
use super::serving::Role;

const ROLE: Role = Role { path: "/api/query", reply, ids: |request| id_list(&request.parameters()) };

/// A running server.
pub struct FakeArxiv(FakeServer);

impl FakeArxiv {
    /// Starts on a free port. `faults` is a list for the first requests (`[]` for a good day) or any [`Faults`].
    pub fn start(papers: impl IntoIterator<Item = FakePaper>, faults: impl Into<Faults>) -> Self {
        Self::start_at(0, papers, faults).expect("a free port on the loopback interface")
    }

    /// Starts on this port; 0 stands for any free one.
    ///
    /// # Errors
    /// The port is taken.
    pub fn start_at(
        port: u16,
        papers: impl IntoIterator<Item = FakePaper>,
        faults: impl Into<Faults>,
    ) -> io::Result<Self> {
        FakeServer::start(ROLE, port, papers, faults).map(Self)
    }
}

impl Deref for FakeArxiv {
    type Target = FakeServer;

    fn deref(&self) -> &FakeServer {
        &self.0
    }
}
