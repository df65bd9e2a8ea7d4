//! Figures as tables, and their place in `docs/measurements.md`.

use std::fmt::Write;
use std::fs;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::paths;

/// What a visit weighs, part by part, and how long it takes.
pub fn visit_table(figures: &Value) -> String {
    let mut table = String::from("| First visit to Home | over the wire |\n|---|---:|\n");
    for part in figures["weight"]["parts"].as_array().into_iter().flatten() {
        line(&mut table, &[text(&part["name"]), kilobytes(&part["bytes"])]);
    }
    line(&mut table, &["**Everything**".to_owned(), format!("**{}**", kilobytes(&figures["weight"]["total"]))]);
    table.push_str("\n| | the app | static page | ratio |\n|---|---:|---:|---:|\n");
    let until =
        [("the next meeting's purpose is on the screen", "median"), ("all of Home is there to be used", "whole")];
    for (words, figure) in until {
        for (name, visit) in [("First visit", "first"), ("Repeat visit", "repeat")] {
            let (app, page) = (&figures["times"]["app"][visit][figure], &figures["times"]["static"][visit][figure]);
            let ratio = app.as_f64().unwrap_or_default() / page.as_f64().unwrap_or(f64::NAN);
            line(&mut table, &[format!("{name}, until {words}"), seconds(app), seconds(page), format!("{ratio:.2}")]);
        }
    }
    table
}

/// How long the API's answers took.
pub fn api_table(figures: &Value) -> String {
    let mut table = format!(
        "{} citizens, each load for {} s\n\n| | requests a second | p50 | p95 | p99 | longest | failed |\n|---|---:|---:|---:|---:|---:|---:|\n",
        figures["citizens"], figures["seconds"]
    );
    for part in figures["parts"].as_array().into_iter().flatten() {
        let times = ["p50_ms", "p95_ms", "p99_ms", "max_ms"].map(|name| milliseconds(&part["figures"][name]));
        let mut cells = vec![text(&part["name"]), part["rate"].to_string()];
        cells.extend(times);
        cells.push(format!("{} of {}", part["figures"]["failures"], part["figures"]["requests"]));
        line(&mut table, &cells);
    }
    table
}

/// What was measured above its aim, in words.
pub fn above_aims(figures: &Value) -> Vec<String> {
    let mut above = Vec::new();
    let mut aim = |name: &str, value: Option<f64>, limit: f64| {
        if let Some(value) = value.filter(|value| *value > limit) {
            above.push(format!("{name}: {value:.2}, the aim is {limit}"));
        }
    };
    aim("First visit in kB", figures["weight"]["total"].as_f64().map(|bytes| bytes / 1000.0), 260.0);
    let times = &figures["times"];
    for (name, visit, limit) in [("First visit", "first", 2.5), ("Repeat visit", "repeat", 1.3)] {
        let median = |which: &str| times[which][visit]["median"].as_f64();
        let ratio = median("app").zip(median("static")).map(|(app, page)| app / page);
        aim(&format!("{name}, times the static page"), ratio, limit);
    }
    for part in figures["parts"].as_array().into_iter().flatten() {
        aim(&format!("{}, p99 in ms", text(&part["name"])), part["figures"]["p99_ms"].as_f64(), 50.0);
    }
    above
}

/// Puts a table between `<!-- measured: NAME -->` and `<!-- /measured -->`.
pub fn write(name: &str, table: &str) -> Result<()> {
    let file = paths::root().join("docs/measurements.md");
    let (begin, end) = (format!("<!-- measured: {name} -->"), "<!-- /measured -->");
    let old = fs::read_to_string(&file).unwrap_or_else(|_| "# Measurements\n".to_owned());
    let new = match old.split_once(&begin) {
        Some((before, rest)) => {
            let (_, after) = rest.split_once(end).with_context(|| format!("{begin} has no {end} after it"))?;
            format!("{before}{begin}\n{table}{end}{after}")
        }
        None => format!("{}\n\n{begin}\n{table}{end}\n", old.trim_end()),
    };
    fs::write(&file, new).with_context(|| format!("could not write {}", file.display()))
}

fn line(table: &mut String, cells: &[String]) {
    // Writing to a string cannot fail.
    let _ = writeln!(table, "| {} |", cells.join(" | "));
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn kilobytes(value: &Value) -> String {
    format!("{:.1} kB", value.as_f64().unwrap_or_default() / 1000.0)
}

fn seconds(value: &Value) -> String {
    format!("{:.2} s", value.as_f64().unwrap_or_default() / 1000.0)
}

fn milliseconds(value: &Value) -> String {
    format!("{:.1} ms", value.as_f64().unwrap_or_default())
}
