//! The plainest of clients: one connection, whose bytes nobody interprets on the way.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use super::server::FakeServer;

/// Longer than anything here takes.
const PATIENCE: Duration = Duration::from_secs(20);

/// A connection to the fake.
pub struct Connection(BufReader<TcpStream>);

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Connection {
    pub fn to(server: &FakeServer) -> Self {
        let stream = TcpStream::connect(server.address()).expect("the fake listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("a socket takes a timeout");
        Self(BufReader::new(stream))
    }

    /// Sends these bytes.
    pub fn send(&mut self, bytes: &str) {
        self.0.get_mut().write_all(bytes.as_bytes()).expect("the fake reads");
    }

    /// Asks for a path and query as a good client would.
    pub fn get(&mut self, target: &str) -> io::Result<Answer> {
        self.send(&format!("GET {target} HTTP/1.1\r\nHost: fake\r\nAccept: */*\r\n\r\n"));
        self.answer()
    }

    /// Reads one answer, as long as its Content-Length says.
    pub fn answer(&mut self) -> io::Result<Answer> {
        let head = self.head()?;
        let mut lines = head.lines();
        let status = lines.next().and_then(|line| line.split(' ').nth(1)).and_then(|code| code.parse().ok());
        let split = |line: &str| line.split_once(": ").map(|(name, value)| (name.to_lowercase(), value.to_owned()));
        let mut answer = Answer {
            status: status.ok_or(io::ErrorKind::InvalidData)?,
            headers: lines.filter_map(split).collect(),
            body: String::new(),
        };
        let length = answer.header("content-length").and_then(|length| length.parse().ok());
        let mut body = vec![0; length.ok_or(io::ErrorKind::InvalidData)?];
        self.0.read_exact(&mut body)?;
        answer.body = String::from_utf8_lossy(&body).into_owned();
        Ok(answer)
    }

    /// Everything until the other side closes.
    pub fn rest(&mut self) -> io::Result<String> {
        let mut bytes = Vec::new();
        self.0.read_to_end(&mut bytes)?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    fn head(&mut self) -> io::Result<String> {
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            if self.0.read_line(&mut head)? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
        Ok(head)
    }
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The versioned identifiers of its entries, in their order.
    pub fn shows(&self) -> Vec<&str> {
        let ids = self.body.split("<id>http://arxiv.org/abs/").skip(1);
        ids.filter_map(|rest| rest.split('<').next()).collect()
    }

    /// What it counts.
    pub fn total_results(&self) -> Option<usize> {
        self.body.split("totalResults").nth(1)?.split('>').nth(1)?.split('<').next()?.parse().ok()
    }
}

/// Asks once, over a connection of its own.
pub fn ask(server: &FakeServer, ids: &str) -> Answer {
    get(server, &format!("/api/query?id_list={ids}"))
}

/// Gets a path and query, over a connection of its own.
pub fn get(server: &FakeServer, target: &str) -> Answer {
    Connection::to(server).get(target).expect("an answer")
}
