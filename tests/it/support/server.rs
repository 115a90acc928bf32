//! A fake service as a server: a thread that accepts on the loopback interface, and the handle that tests hold. A connection
//! is served in `serving`, what is answered is decided by the service's role, and what was seen is kept in `record`.
//!
//! Nothing here waits without a bound, and dropping the server ends its threads.

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, MutexGuard};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::faults::Faults;
use super::papers::FakePaper;
use super::record::{Concurrency, Received, Record};
use super::serving::{Role, Shared, has_left, prepare, serve};

/// How long a test waits for the last request to come to its end.
const PATIENCE: Duration = Duration::from_secs(1);

/// A running server.
pub struct FakeServer {
    address: SocketAddr,
    shared: Arc<Shared>,
    accepting: Option<JoinHandle<()>>,
}

impl FakeServer {
    /// Starts on this port; 0 stands for any free one.
    ///
    /// # Errors
    /// The port is taken.
    pub fn start(
        role: Role,
        port: u16,
        papers: impl IntoIterator<Item = FakePaper>,
        faults: impl Into<Faults>,
    ) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
        let shared = Arc::new(Shared::new(role, papers, faults.into()));
        let address = listener.local_addr()?;
        let accepting = thread::spawn({
            let shared = Arc::clone(&shared);
            move || accept(&listener, &shared)
        });
        Ok(Self { address, shared, accepting: Some(accepting) })
    }

    /// The whole address of the service's endpoint.
    pub fn url(&self) -> String {
        format!("http://{}{}", self.address, self.shared.role.path)
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Replaces the papers.
    pub fn hold(&self, papers: impl IntoIterator<Item = FakePaper>) {
        self.shared.hold(papers);
    }

    /// Replaces the faults; the next request is the first to meet them.
    pub fn misbehave(&self, faults: impl Into<Faults>) {
        self.shared.misbehave(faults.into());
    }

    /// The requests so far, in the order in which they were there completely.
    pub fn requests(&self) -> Vec<Received> {
        self.settled().received.clone()
    }

    /// All identifiers asked for, request after request, as they came.
    pub fn ids_asked(&self) -> Vec<String> {
        self.settled().received.iter().flat_map(|request| request.ids.clone()).collect()
    }

    /// The times between the end of each answer and the start of the next request; zero where they overlapped.
    pub fn gaps(&self) -> Vec<Duration> {
        self.settled().gaps()
    }

    /// How many connections and requests there were at one time, at the most.
    pub fn max_concurrency(&self) -> Concurrency {
        self.settled().most
    }

    /// How many connections there have been.
    pub fn connections(&self) -> usize {
        self.settled().connections
    }

    /// Forgets the requests so far and the most there was at a time.
    pub fn forget(&self) {
        self.settled().forget();
    }

    /// The record, once no request is under way any more; a client that has just gone may not have been noticed yet.
    fn settled(&self) -> MutexGuard<'_, Record> {
        let until = Instant::now() + PATIENCE;
        loop {
            let record = self.shared.record();
            if !record.is_busy() || Instant::now() > until {
                return record;
            }
            drop(record);
            thread::sleep(Duration::from_millis(1));
        }
    }
}

impl Drop for FakeServer {
    fn drop(&mut self) {
        self.shared.stop();
        // The accepting thread waits for a connection; this one wakes it up.
        drop(TcpStream::connect_timeout(&self.address, PATIENCE));
        if let Some(accepting) = self.accepting.take() {
            // A panic in a thread has been printed already; a second one here would abort the test run.
            drop(accepting.join());
        }
    }
}

fn accept(listener: &TcpListener, shared: &Arc<Shared>) {
    let mut serving = Vec::new();
    for stream in listener.incoming() {
        if shared.is_stopping() {
            break;
        }
        let Some(stream) = stream.ok().filter(|stream| prepare(stream).is_ok()) else { continue };
        // A client that closes one connection and opens the next has one; the thread of the first may not know yet.
        let others = shared.record().streams();
        for (connection, _) in others.iter().filter(|(_, other)| has_left(other)) {
            shared.record().left(*connection);
        }
        drop(others);
        let (stream, shared) = (Arc::new(stream), Arc::clone(shared));
        let connection = shared.record().connected(Arc::clone(&stream));
        serving.push(thread::spawn(move || serve(stream, connection, &shared)));
    }
    for thread in serving {
        drop(thread.join());
    }
}
