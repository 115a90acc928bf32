//! A real browser: Chromium without a window, driven over the loopback interface. It shows a file; what is done on it and what
//! should be seen is left to the tests.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use thirtyfour::common::capabilities::chrome::ChromeCapabilities;
use thirtyfour::common::print::PrintParameters;
use thirtyfour::prelude::*;
use thirtyfour::{BrowserLogEntry, LoggingPrefsLogLevel};
use tokio::runtime::{Builder, Runtime};

use super::tools::tool;

/// Longer than anything here takes.
const PATIENCE: Duration = Duration::from_secs(20);

/// A browser with one tab, which ends when dropped.
pub struct Browser {
    runtime: Runtime,
    tab: WebDriver,
    _driver: Driver,
}

/// The program between us and the browser. It is ended when dropped.
struct Driver(Child);

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The colours that the system would have.
#[derive(Clone, Copy, Debug)]
pub enum Scheme {
    Light,
    Dark,
}

impl Browser {
    /// Starts one with a tab as large as on a desk.
    pub fn start() -> Self {
        let (browser, driver) = (tool("chromium"), tool("chromedriver"));
        // The client may speak TLS, although nothing here does, and wants to know by whom.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut driver = Command::new(driver)
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map(Driver)
            .expect("chromedriver can be started");
        let port = port_of(&mut driver);
        let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
        let tab = runtime.block_on(WebDriver::new(format!("http://127.0.0.1:{port}"), capabilities(&browser)));
        let browser = Self { runtime, tab: tab.expect("a session of the browser"), _driver: driver };
        browser.resize(1_400, 900);
        browser
    }

    /// Opens a file, with a fragment (`#…`) or without.
    pub fn open(&self, file: &Path, fragment: &str) {
        self.go(&format!("file://{}{fragment}", file.display()));
    }

    /// Goes to an address.
    pub fn go(&self, address: &str) {
        self.runtime.block_on(self.tab.goto(address)).expect("the page opens");
    }

    /// Goes a step back in the history.
    pub fn back(&self) {
        self.runtime.block_on(self.tab.back()).expect("a step back");
    }

    /// The address that it shows.
    pub fn address(&self) -> String {
        self.runtime.block_on(self.tab.current_url()).expect("an address").to_string()
    }

    /// What a script's `return` gives.
    pub fn eval(&self, script: &str) -> Value {
        let done = self.runtime.block_on(self.tab.execute(script, Vec::new()));
        done.unwrap_or_else(|error| panic!("{script}: {error}")).json().clone()
    }

    /// What the promise that a script returns comes to.
    pub fn eval_async(&self, script: &str) -> Value {
        let script =
            format!("const done = arguments[0]; (async () => {{ {script} }})().then(done, e => done(String(e)))");
        let done = self.runtime.block_on(self.tab.execute_async(script, Vec::new()));
        done.expect("the script runs").json().clone()
    }

    /// The text of a script's value, such as `document.title`.
    pub fn text(&self, expression: &str) -> String {
        let value = self.eval(&format!("return {expression}"));
        value.as_str().map_or_else(|| value.to_string(), str::to_owned)
    }

    /// Waits until the expression is true.
    pub fn until(&self, expression: &str) {
        let start = Instant::now();
        while self.eval(&format!("return !!({expression})")) != json!(true) {
            assert!(start.elapsed() < PATIENCE, "waited in vain for {expression}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Clicks what the selector finds first, as a mouse would.
    pub fn click(&self, selector: &str) {
        let clicked = self.runtime.block_on(async { self.tab.find(By::Css(selector)).await?.click().await });
        clicked.unwrap_or_else(|error| panic!("{selector}: {error}"));
    }

    /// Presses keys, wherever the focus is.
    pub fn press(&self, keys: impl AsRef<str>) {
        let keys = self.tab.action_chain().send_keys(keys.as_ref());
        self.runtime.block_on(keys.perform()).expect("keys can be pressed");
    }

    /// Makes the visible part of the page so large, in CSS pixels.
    pub fn resize(&self, width: u32, height: u32) {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.cdp("Emulation.setDeviceMetricsOverride", size);
    }

    /// Gives the system these colours.
    pub fn prefer(&self, scheme: Scheme) {
        let value = format!("{scheme:?}").to_lowercase();
        let features = json!({ "features": [{ "name": "prefers-color-scheme", "value": value }] });
        self.cdp("Emulation.setEmulatedMedia", features);
    }

    /// A picture of the visible part, as PNG.
    pub fn picture(&self) -> Vec<u8> {
        self.runtime.block_on(self.tab.screenshot_as_png()).expect("a picture")
    }

    /// The page on paper, as PDF.
    pub fn print(&self) -> Vec<u8> {
        let printed = self.runtime.block_on(self.tab.print_page(PrintParameters::default()));
        printed.expect("the page can be printed")
    }

    /// What the page and the browser wrote to the console since they were last asked.
    pub fn console(&self) -> Vec<String> {
        self.log("browser").into_iter().map(|entry| format!("{}: {}", entry.level, entry.message)).collect()
    }

    /// The addresses that were requested since they were last asked for, the pages' own left out.
    pub fn requests(&self) -> Vec<String> {
        let events = self.log("performance").into_iter().filter_map(|entry| {
            let event: Value = serde_json::from_str(&entry.message).ok()?;
            Some(event["message"].clone())
        });
        let sent = events.filter(|event| event["method"] == "Network.requestWillBeSent");
        let sent = sent.filter(|event| event["params"]["type"] != "Document");
        sent.map(|event| event["params"]["request"]["url"].as_str().unwrap_or_default().to_owned()).collect()
    }

    /// A command of Chrome's DevTools protocol.
    pub fn cdp(&self, method: &str, parameters: Value) -> Value {
        self.runtime.block_on(self.tab.cdp().send_raw(method, parameters)).expect("a command of the DevTools protocol")
    }

    fn log(&self, kind: &str) -> Vec<BrowserLogEntry> {
        self.runtime.block_on(self.tab.get_log(kind)).expect("the browser keeps this log")
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.runtime.block_on(self.tab.clone().quit());
    }
}

/// The port that it chose, which it says in its first lines.
fn port_of(driver: &mut Driver) -> u16 {
    let mut lines = BufReader::new(driver.0.stdout.take().expect("its output is piped")).lines();
    let port = lines.by_ref().map_while(Result::ok).find_map(|line| {
        let (_, port) = line.split_once("started successfully on port ")?;
        port.trim_end_matches('.').parse().ok()
    });
    // It may say more; a closed pipe would end it.
    std::thread::spawn(move || lines.for_each(drop));
    port.expect("chromedriver says its port")
}

fn capabilities(browser: &Path) -> ChromeCapabilities {
    let mut wanted = DesiredCapabilities::chrome();
    let set = |wanted: &mut ChromeCapabilities| {
        wanted.set_binary(&browser.to_string_lossy())?;
        for argument in
            ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars"]
        {
            wanted.add_arg(argument)?;
        }
        wanted.set_logging_prefs("browser", LoggingPrefsLogLevel::All)?;
        wanted.set_logging_prefs("performance", LoggingPrefsLogLevel::All)
    };
    set(&mut wanted).expect("capabilities can be told");
    wanted
}
