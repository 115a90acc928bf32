//! The tests of the program as a whole, in one binary: `support` is what they stand on, the others hold one promise each.

#![allow(clippy::unwrap_used, reason = "in a test a panic is the message")]

mod support;

mod action;
mod answers;
mod any_encoding;
mod asking;
mod bad_days;
mod check;
mod database;
mod deadline;
mod endless_lists;
mod every_identifier;
mod explaining;
mod fake_arxiv_itself;
mod fake_others;
mod few_resources;
mod full_disk;
mod generated_lists;
mod house;
mod input;
mod kinds;
mod looking_up;
mod names_as_written;
mod never_destroys;
mod never_poorer;
mod nothing_read;
mod option_tables;
mod other_routes;
mod own_titles;
mod page;
mod people;
mod precedence;
mod reading_as_told;
mod references;
mod remembering;
mod replacing;
mod report_for_programs;
mod reports;
mod schema;
mod shared;
mod shell;
mod spreadsheets;
mod standard_output;
mod strangers_settings;
mod strangers_words;
mod tables_in_markdown;
mod taking_turns;
mod users_list;
mod what_changed;
