//! What the user may settle about reading lists.

use std::collections::{BTreeMap, BTreeSet};

/// The settings under `[tags]` and `[tasks]`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Spellings of tags and what they are to become: `NIPS24` → `NeurIPS 2024`.
    pub aliases: BTreeMap<String, String>,
    /// Tags to leave out, as spelled after the aliases.
    pub ignore: BTreeSet<String>,
    /// Further table columns whose cells are tags, by their header.
    pub columns: BTreeSet<String>,
    /// Whether `#word` is a tag.
    pub hashtags: Hashtags,
    /// Whether a task's box is a tag.
    pub task_state: TaskState,
}

/// What is made of `#word` in a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Hashtags {
    /// It is a tag.
    #[default]
    Read,
    /// It is text like any other.
    Leave,
}

/// What is made of the box of a task list's item.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TaskState {
    /// It is the reader's own affair.
    #[default]
    Leave,
    /// It is a tag, `done` or `todo`.
    Tag,
}
