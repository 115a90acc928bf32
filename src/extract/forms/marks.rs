//! What the forms open and close: containers and inline styles.

/// A container that Markdown or HTML opens and closes around blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::extract) enum Container {
    List,
    Item,
    Table,
    Row,
    Cell,
    Details,
}

/// Who opened a container. A stray end tag in HTML cannot close what Markdown opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::extract) enum By {
    Markdown,
    Html,
}

/// Inline styles, as they are opened and closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::extract) enum Mark {
    Bold,
    Italic,
    Underline,
    /// As code: a label where it stands for itself.
    Code,
}
