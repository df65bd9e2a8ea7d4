//! What the tests came to: one table, and one line.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::Result;

use crate::step;

/// How the tests of a part are counted.
pub enum Count<'a> {
    /// The command is one test.
    Whole,
    /// As cargo's test harness writes it.
    Cargo,
    /// As Playwright's JSON report has it.
    Playwright(&'a Path),
}

#[derive(Clone, Copy, Default)]
struct Counts {
    passed: u64,
    failed: u64,
}

struct Part {
    name: String,
    counts: Counts,
    took: Duration,
}

/// All parts so far.
#[derive(Default)]
pub struct Summary {
    parts: Vec<Part>,
}

impl Summary {
    /// Runs a part and notes what it came to. Only an interruption ends the whole.
    pub fn part(&mut self, name: &str, count: &Count, command: &mut Command) -> Result<()> {
        if let Count::Playwright(report) = count {
            // An old report must not speak for a run that never began.
            let _ = std::fs::remove_file(report);
        }
        let began = Instant::now();
        let (succeeded, output) = match step::attempt(name, command) {
            Ok(outcome) => (outcome.status.success(), outcome.output()),
            Err(error) if step::is_interrupted() => return Err(error),
            Err(error) => {
                step::say(&format!("    {error:#}"));
                (false, String::new())
            }
        };
        let mut counts = match count {
            Count::Whole => Counts { passed: u64::from(succeeded), failed: u64::from(!succeeded) },
            Count::Cargo => cargo_counts(&output),
            Count::Playwright(report) => playwright_counts(report),
        };
        if (!succeeded || counts.passed == 0) && counts.failed == 0 {
            // It did not come as far as its tests, or had none.
            counts.failed = 1;
        }
        self.parts.push(Part { name: name.to_owned(), counts, took: began.elapsed() });
        Ok(())
    }

    /// Notes a part that could not begin.
    pub fn failed(&mut self, name: &str, error: &anyhow::Error) {
        step::say(&format!("✗ {name}: {error:#}"));
        let counts = Counts { passed: 0, failed: 1 };
        self.parts.push(Part { name: name.to_owned(), counts, took: Duration::ZERO });
    }

    /// Prints the table and the closing line; says whether all passed.
    pub fn close(&self) -> bool {
        let width = self.parts.iter().map(|part| part.name.chars().count()).max().unwrap_or_default();
        println!("\n{:width$}  {:>7}  {:>7}  {:>12}", "", "passed", "failed", "time");
        for Part { name, counts, took } in &self.parts {
            println!("{name:width$}  {:>7}  {:>7}  {:>12}", counts.passed, counts.failed, step::in_words(*took));
        }
        let passed: u64 = self.parts.iter().map(|part| part.counts.passed).sum();
        let failed: u64 = self.parts.iter().map(|part| part.counts.failed).sum();
        println!("\n{passed} passed, {failed} failed");
        failed == 0
    }
}

fn cargo_counts(output: &str) -> Counts {
    let mut counts = Counts::default();
    for line in output.lines().filter_map(|line| line.trim().strip_prefix("test result: ")) {
        let words: Vec<&str> = line.split_whitespace().collect();
        let number = |what: &str| -> u64 {
            let place = words.iter().position(|word| word.trim_end_matches(';') == what).unwrap_or_default();
            place.checked_sub(1).and_then(|before| words[before].parse().ok()).unwrap_or_default()
        };
        counts.passed += number("passed");
        // A skipped test is a failed test.
        counts.failed += number("failed") + number("ignored");
    }
    counts
}

fn playwright_counts(report: &Path) -> Counts {
    let read = || -> Option<serde_json::Value> { serde_json::from_slice(&std::fs::read(report).ok()?).ok() };
    let Some(report) = read() else { return Counts::default() };
    let number = |what: &str| report["stats"][what].as_u64().unwrap_or_default();
    let broken = report["errors"].as_array().map_or(0, |errors| errors.len() as u64);
    // "flaky" passed at the second try; the log names it.
    Counts { passed: number("expected") + number("flaky"), failed: number("unexpected") + number("skipped") + broken }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn skipped_tests_count_as_failed() {
        let output = "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out\n\
                      test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s";
        let counts = cargo_counts(output);
        assert_eq!((counts.passed, counts.failed), (15, 3));
    }
}
