//! As much of HTTP/1.1 as the fake service needs, over bytes: requests are read here and answers written. Sockets are left to
//! `fake_arxiv`, and what is answered to `reply`.

use std::time::{SystemTime, UNIX_EPOCH};

/// A request as it arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The first line, without its line break.
    pub line: String,
    /// `GET`, `POST` …
    pub method: String,
    /// The path and the query string.
    pub target: String,
    /// Names in lower case, in the order of arrival.
    pub headers: Vec<(String, String)>,
    /// What followed the headers.
    pub body: Vec<u8>,
    /// Whether the client wants the connection to stay open.
    pub keeps_alive: bool,
}

/// What to answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// The status code.
    pub status: u16,
    /// Headers, besides the length, the date and the connection's fate.
    pub headers: Vec<(&'static str, String)>,
    /// The content.
    pub body: Vec<u8>,
}

impl Request {
    /// The value of a header, by its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The path without the query string.
    pub fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }

    /// The parameters, still encoded: the query string of a GET, the form of a POST.
    pub fn parameters(&self) -> String {
        match self.method.as_str() {
            "POST" => String::from_utf8_lossy(&self.body).into_owned(),
            _ => self.target.split_once('?').map(|(_, query)| query.to_owned()).unwrap_or_default(),
        }
    }
}

impl Response {
    /// A response with a content of this type.
    pub fn new(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self { status, headers: vec![("Content-Type", content_type.to_owned())], body: body.into() }
    }

    /// The same with one more header.
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// The status line and the headers.
    pub fn head(&self, keeps_alive: bool) -> String {
        let (status, length) = (self.status, self.body.len());
        let date = http_date(SystemTime::now());
        let mut head = format!("HTTP/1.1 {status} {}\r\nDate: {date}\r\nContent-Length: {length}\r\n", reason(status));
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head + if keeps_alive { "\r\n" } else { "Connection: close\r\n\r\n" }
    }
}

/// The request in these bytes; `None` as long as it is not there completely.
///
/// # Errors
/// The bytes are no HTTP request.
pub fn read(bytes: &[u8]) -> Result<Option<Request>, httparse::Error> {
    let mut headers = [httparse::EMPTY_HEADER; 64];
    let mut parsed = httparse::Request::new(&mut headers);
    let httparse::Status::Complete(body_from) = parsed.parse(bytes)? else { return Ok(None) };
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let headers: Vec<_> = parsed.headers.iter().map(|one| (one.name.to_lowercase(), text(one.value))).collect();
    let value = |name: &str| headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.trim());
    let length = value("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
    let Some(body) = bytes.get(body_from..body_from + length) else { return Ok(None) };
    let keeps_alive =
        parsed.version == Some(1) && !value("connection").is_some_and(|it| it.eq_ignore_ascii_case("close"));
    let line_end = bytes.iter().position(|byte| matches!(byte, b'\r' | b'\n')).unwrap_or(0);
    Ok(Some(Request {
        line: text(&bytes[..line_end]),
        method: parsed.method.unwrap_or_default().to_owned(),
        target: parsed.path.unwrap_or_default().to_owned(),
        keeps_alive,
        body: body.to_vec(),
        headers,
    }))
}

/// A time as HTTP writes it: `Sun, 06 Nov 1994 08:49:37 GMT`.
pub fn http_date(time: SystemTime) -> String {
    const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let seconds = time.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let (mut days, clock) = (seconds / 86_400, seconds % 86_400);
    let weekday = DAYS[(days % 7) as usize];
    let is_leap = |year: u64| year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let mut year = 1970;
    while days >= 365 + u64::from(is_leap(year)) {
        days -= 365 + u64::from(is_leap(year));
        year += 1;
    }
    let lengths = [31, 28 + u64::from(is_leap(year)), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let mut month = 0;
    while days >= lengths[month] {
        days -= lengths[month];
        month += 1;
    }
    let (hour, minute, second) = (clock / 3600, clock / 60 % 60, clock % 60);
    format!("{weekday}, {:02} {} {year} {hour:02}:{minute:02}:{second:02} GMT", days + 1, MONTHS[month])
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        301 => "Moved Permanently",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        406 => "Not Acceptable",
        414 => "URI Too Long",
        429 => "Too Many Requests",
        500 => "Internal Server Error",
        503 => "Service Unavailable",
        _ => "Something Else",
    }
}
