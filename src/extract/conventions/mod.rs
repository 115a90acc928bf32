//! What a list's own repetition says, learned from all of it before its first entry is read. It needs no word of any language.

mod link_names;

use super::document::Document;

/// Marks in the documents of one list what their repetition shows.
pub(super) fn learn(documents: &mut [Document<'_>]) {
    link_names::mark(documents);
}
