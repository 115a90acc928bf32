//! One connection of a fake service: requests are read from the socket, met as the service's role says, and noted in the
//! record. Accepting connections is left to `server`.
//!
//! Nothing here waits without a bound. Each thing is noted before the client can see it: a client that goes on at once, over
//! this connection or the next, never seems to have been too early or to hold two connections.

use std::io::{self, ErrorKind, Read, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::faults::{Fault, Faults};
use super::http::{self, Request, Response};
use super::papers::FakePaper;
use super::query::Holdings;
use super::record::Record;
use super::reply::{DripFrom, Reply};

/// How long a read blocks before it looks whether the service is to stop.
const GLANCE: Duration = Duration::from_millis(20);

/// How long the rest of a request, or a client that reads its answer, may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// No client of ours sends more.
const LARGEST_REQUEST: usize = 4 << 20;

/// What of an answer goes out last, after the request was noted as answered.
const LAST_BYTES: usize = 64;

/// What makes a service the one that it is.
#[derive(Clone, Copy)]
pub struct Role {
    /// The path of the one address that it answers at.
    pub path: &'static str,
    /// Meets a request, whose number comes before the papers.
    pub reply: fn(&Request, &Fault, usize, &Holdings) -> Reply,
    /// The identifiers that a request names, as they came.
    pub ids: fn(&Request) -> Vec<String>,
}

/// What the threads of the service share.
pub(super) struct Shared {
    pub(super) role: Role,
    service: Mutex<Service>,
    record: Mutex<Record>,
    stopping: AtomicBool,
}

struct Service {
    holdings: Arc<Holdings>,
    faults: Faults,
    /// How many requests these faults have met.
    met: usize,
}

impl Shared {
    pub(super) fn new(role: Role, papers: impl IntoIterator<Item = FakePaper>, faults: Faults) -> Self {
        let service = Mutex::new(Service { holdings: Arc::default(), faults, met: 0 });
        let shared = Self { role, service, record: Mutex::default(), stopping: AtomicBool::new(false) };
        shared.hold(papers);
        shared
    }

    pub(super) fn hold(&self, papers: impl IntoIterator<Item = FakePaper>) {
        let holdings = papers.into_iter().map(|paper| (paper.id.clone(), paper)).collect();
        locked(&self.service).holdings = Arc::new(holdings);
    }

    pub(super) fn misbehave(&self, faults: Faults) {
        let mut service = locked(&self.service);
        (service.faults, service.met) = (faults, 0);
    }

    pub(super) fn record(&self) -> MutexGuard<'_, Record> {
        locked(&self.record)
    }

    pub(super) fn stop(&self) {
        self.stopping.store(true, Ordering::SeqCst);
    }

    pub(super) fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::SeqCst)
    }

    /// What the next request meets.
    fn next_meets(&self) -> (Fault, Arc<Holdings>) {
        let mut service = locked(&self.service);
        service.met += 1;
        (service.faults.of(service.met - 1), Arc::clone(&service.holdings))
    }
}

/// A thread that panicked has spoilt nothing that the others need.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Bounds how long a connection may block. Comes before anything else is done with it.
pub(super) fn prepare(stream: &TcpStream) -> io::Result<()> {
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(GLANCE))?;
    stream.set_write_timeout(Some(PATIENCE))
}

/// Whether the client has closed the connection. If it has not, finding out may take a glance.
pub(super) fn has_left(stream: &TcpStream) -> bool {
    !matches!(look(stream), Ok(Sight::Bytes | Sight::Nothing))
}

/// Serves a connection until it ends, and closes it.
pub(super) fn serve(stream: Arc<TcpStream>, connection: usize, shared: &Shared) {
    while let Ok(true) = serve_request(&stream, connection, shared) {}
    shared.record().left(connection);
    drop(stream);
}

/// Serves one request and says whether another may follow. An error is the client's way of leaving.
fn serve_request(stream: &TcpStream, connection: usize, shared: &Shared) -> io::Result<bool> {
    watch(stream, None, shared)?;
    let arrived = Instant::now();
    shared.record().arriving(connection);
    let (fault, holdings) = shared.next_meets();
    let request = receive(stream, &fault, shared)?;
    let keeps_alive = request.keeps_alive;
    let Role { reply, ids, .. } = shared.role;
    let number = shared.record().received(connection, arrived, request.clone(), ids(&request), fault.clone());
    let (response, taking) = match reply(&request, &fault, number, &holdings) {
        Reply::Whole(response) => (response, Duration::ZERO),
        Reply::Slow(response, taking) => (response, taking),
        Reply::Half(response) => {
            let half = &response.body[..response.body.len() / 2];
            let mut stream = stream;
            stream.write_all(&[response.head(true).as_bytes(), half].concat())?;
            return Ok(false);
        }
        Reply::Drip(response, from, between) => {
            drip(stream, &response, from, between, shared)?;
            return Ok(false);
        }
        Reply::Endless(response) => {
            let mut stream = stream;
            let length = format!("Content-Length: {}", response.body.len());
            let head = response.head(false).replace(&length, &format!("Content-Length: {}", 1_u64 << 40));
            stream.write_all(head.as_bytes())?;
            while !shared.is_stopping() {
                stream.write_all(&response.body)?;
            }
            return Ok(false);
        }
        Reply::Silence(at_most) => {
            pause(stream, at_most, shared)?;
            return Ok(false);
        }
        Reply::HangUp => return Ok(false),
    };
    send(stream, &response, keeps_alive, taking, connection, shared)?;
    Ok(keeps_alive)
}

/// Reads a request to its end. One whose connection is to be reset stays unread: closing a socket with unread bytes is what
/// makes the system reset the connection.
fn receive(mut stream: &TcpStream, fault: &Fault, shared: &Shared) -> io::Result<Request> {
    let until = Instant::now() + PATIENCE;
    let mut chunk = [0; 64 << 10];
    let mut bytes = Vec::new();
    loop {
        let read = if *fault == Fault::Reset { stream.peek(&mut chunk) } else { stream.read(&mut chunk) };
        match read {
            Ok(0) => return Err(ErrorKind::UnexpectedEof.into()),
            Ok(length) if *fault == Fault::Reset => bytes = chunk[..length].to_vec(),
            Ok(length) => bytes.extend_from_slice(&chunk[..length]),
            Err(error) if is_no_news(&error) => {}
            Err(error) => return Err(error),
        }
        match http::read(&bytes).map_err(|_| ErrorKind::InvalidData)? {
            Some(request) => return Ok(request),
            None if shared.is_stopping() || Instant::now() > until || bytes.len() > LARGEST_REQUEST => {
                return Err(ErrorKind::TimedOut.into());
            }
            None if *fault == Fault::Reset => thread::sleep(Duration::from_millis(1)),
            None => {}
        }
    }
}

/// Sends an answer, which takes `taking` longer than it must.
fn send(
    mut stream: &TcpStream,
    response: &Response,
    keeps_alive: bool,
    taking: Duration,
    connection: usize,
    shared: &Shared,
) -> io::Result<()> {
    let message = [response.head(keeps_alive).as_bytes(), &response.body].concat();
    let (most, last) = message.split_at(message.len().saturating_sub(LAST_BYTES));
    let (first, second) = most.split_at(most.len() / 2);
    pause(stream, taking / 2, shared)?;
    stream.write_all(first)?;
    pause(stream, taking / 2, shared)?;
    stream.write_all(second)?;
    shared.record().answered(connection);
    stream.write_all(last)
}

/// Sends an answer byte by byte from here on, until the client leaves.
fn drip(
    mut stream: &TcpStream,
    response: &Response,
    from: DripFrom,
    between: Duration,
    shared: &Shared,
) -> io::Result<()> {
    let head = response.head(false);
    let at_once = match from {
        DripFrom::Head => 0,
        DripFrom::MidBody => head.len() + response.body.len() / 2,
    };
    let message = [head.as_bytes(), &response.body].concat();
    let (first, rest) = message.split_at(at_once);
    stream.write_all(first)?;
    for byte in rest {
        stream.write_all(&[*byte])?;
        pause(stream, between, shared)?;
    }
    Ok(())
}

/// Waits for so long. An error says that the client left, or that the service stops.
fn pause(stream: &TcpStream, length: Duration, shared: &Shared) -> io::Result<()> {
    if length.is_zero() { Ok(()) } else { watch(stream, Some(Instant::now() + length), shared) }
}

/// Waits until the time is over; without a time, until bytes arrive. An error says that the client left, or that the service
/// stops.
fn watch(stream: &TcpStream, until: Option<Instant>, shared: &Shared) -> io::Result<()> {
    while !shared.is_stopping() {
        let left = until.map(|until| until.saturating_duration_since(Instant::now()));
        match (look(stream)?, left) {
            (_, Some(Duration::ZERO)) | (Sight::Bytes, None) => return Ok(()),
            (Sight::Bytes, Some(left)) => thread::sleep(left.min(GLANCE)),
            (Sight::Nothing, _) => {}
        }
    }
    Err(ErrorKind::Interrupted.into())
}

/// What a look at a connection shows.
enum Sight {
    Bytes,
    Nothing,
}

/// Looks for a glance, and takes nothing away. An error says that the client has left.
fn look(stream: &TcpStream) -> io::Result<Sight> {
    match stream.peek(&mut [0]) {
        Ok(0) => Err(ErrorKind::UnexpectedEof.into()),
        Ok(_) => Ok(Sight::Bytes),
        Err(error) if is_no_news(&error) => Ok(Sight::Nothing),
        Err(error) => Err(error),
    }
}

/// Whether a read came back only because its time was up.
fn is_no_news(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut | ErrorKind::Interrupted)
}
