//! What the fake service saw: every request with its times, and how many connections and requests there were at once. The
//! times are the server's, so they hold for any client.

use std::net::TcpStream;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::faults::Fault;
use super::http::Request;

/// One request as the service saw it.
#[derive(Clone, Debug)]
pub struct Received {
    /// When its first byte was there.
    pub arrived: Instant,
    /// When the last bytes of the answer were handed over, or the connection ended; `None` while it is being met.
    pub answered: Option<Instant>,
    /// The request itself: line, headers, body.
    pub request: Request,
    /// The identifiers that it names, as they came.
    pub ids: Vec<String>,
    /// Which connection it came over, from 1.
    pub connection: usize,
    /// What the service did to it.
    pub fault: Fault,
}

/// The most that there was at one time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Concurrency {
    /// Open connections.
    pub connections: usize,
    /// Requests whose answer was not written yet.
    pub requests: usize,
}

/// All that was seen.
#[derive(Debug, Default)]
pub(super) struct Record {
    pub(super) received: Vec<Received>,
    pub(super) most: Concurrency,
    pub(super) connections: usize,
    open: Vec<Open>,
}

#[derive(Debug)]
struct Open {
    connection: usize,
    stream: Arc<TcpStream>,
    /// The request under way, by its place in `received`; before it is there completely, none yet.
    under_way: Option<UnderWay>,
}

#[derive(Clone, Copy, Debug)]
enum UnderWay {
    Arriving,
    Received(usize),
}

impl Record {
    /// Notes a new connection and gives it a number.
    pub(super) fn connected(&mut self, stream: Arc<TcpStream>) -> usize {
        self.connections += 1;
        self.open.push(Open { connection: self.connections, stream, under_way: None });
        self.most.connections = self.most.connections.max(self.open.len());
        self.connections
    }

    /// The streams of the open connections.
    pub(super) fn streams(&self) -> Vec<(usize, Arc<TcpStream>)> {
        self.open.iter().map(|open| (open.connection, Arc::clone(&open.stream))).collect()
    }

    /// Notes that a request begins to arrive.
    pub(super) fn arriving(&mut self, connection: usize) {
        if let Some(open) = self.open_mut(connection) {
            open.under_way = Some(UnderWay::Arriving);
        }
        let requests = self.open.iter().filter(|open| open.under_way.is_some()).count();
        self.most.requests = self.most.requests.max(requests);
    }

    /// Notes a request that is there completely, and gives it its number.
    pub(super) fn received(
        &mut self,
        connection: usize,
        arrived: Instant,
        request: Request,
        ids: Vec<String>,
        fault: Fault,
    ) -> usize {
        let number = self.received.len();
        self.received.push(Received { arrived, answered: None, request, ids, connection, fault });
        if let Some(open) = self.open_mut(connection) {
            open.under_way = Some(UnderWay::Received(number));
        }
        number
    }

    /// Notes that the request under way has its answer.
    pub(super) fn answered(&mut self, connection: usize) {
        let under_way = self.open_mut(connection).and_then(|open| open.under_way.take());
        if let Some(UnderWay::Received(number)) = under_way
            && let Some(received) = self.received.get_mut(number)
        {
            received.answered.get_or_insert_with(Instant::now);
        }
    }

    /// Notes the end of a connection, and with it of its request. Saying so twice does no harm.
    pub(super) fn left(&mut self, connection: usize) {
        self.answered(connection);
        self.open.retain(|open| open.connection != connection);
    }

    /// Forgets the requests so far and the most there was at a time, and keeps the open connections.
    pub(super) fn forget(&mut self) {
        self.received.clear();
        self.most = Concurrency::default();
    }

    /// Whether some request still waits for its answer.
    pub(super) fn is_busy(&self) -> bool {
        self.open.iter().any(|open| open.under_way.is_some())
    }

    /// The times between the end of each answer and the start of the next request; zero where they overlapped.
    pub(super) fn gaps(&self) -> Vec<Duration> {
        let gap = |pair: &[Received]| {
            let answered = pair[0].answered.unwrap_or(pair[1].arrived);
            pair[1].arrived.saturating_duration_since(answered)
        };
        self.received.windows(2).map(gap).collect()
    }

    fn open_mut(&mut self, connection: usize) -> Option<&mut Open> {
        self.open.iter_mut().find(|open| open.connection == connection)
    }
}
