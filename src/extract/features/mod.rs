//! What single stretches of text tell by themselves: links and identifiers, what fields and links are called, people, venues, dates,
//! candidates for a title.

pub(super) mod badges;
pub(super) mod brackets;
pub(super) mod evidence;
pub(super) mod labels;
pub(super) mod links;
pub(super) mod names;
pub(super) mod plain;
pub(super) mod title;
pub(super) mod venue;
pub(super) mod words;
