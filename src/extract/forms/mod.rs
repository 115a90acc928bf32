//! The forms of lists beside Markdown, HTML and BibTeX, each read into the one shape of a document.

pub(super) mod data;
pub(super) mod lines;
pub(super) mod org;
pub(super) mod rst;
mod separated;
pub(super) mod set_in;

#[cfg(test)]
mod tests;
