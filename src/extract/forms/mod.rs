//! The forms that lists come in, each taken apart into a [`Document`](super::units::document::Document).

pub(super) mod bibtex;
mod builder;
pub(super) mod data;
pub(super) mod front_matter;
pub(super) mod html;
pub(super) mod lines;
pub(super) mod markdown;
mod marks;
pub(super) mod nesting;
pub(super) mod org;
pub(super) mod plain_text;
pub(super) mod rst;
mod separated;
pub(super) mod set_in;

#[cfg(test)]
mod tests;
