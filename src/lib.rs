//! Reads Markdown reading lists and adds what arXiv knows of each paper.
//!
//! The pipeline, in reading order: [`lists`] finds the files, [`extract`] reads their entries, [`source`] asks for the papers,
//! [`merge`] makes one record of each, [`export`] turns the records into bytes and [`disk`] writes them. [`run`] tells that
//! story; [`cli`] and [`settings`] say what the user wants of it. All of them speak in the words of [`model`].

pub mod cache;
pub mod changes;
pub mod check;
pub mod cli;
pub mod disk;
pub mod export;
pub mod extract;
pub mod lists;
pub mod merge;
pub mod model;
pub mod printer;
pub mod progress;
pub mod report;
pub mod run;
pub mod settings;
pub mod shell;
pub mod source;
pub mod tex;
