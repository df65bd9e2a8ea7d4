//! One step of work: says what it does and how long it takes, keeps the noise in a log, and shows the log when it fails.

use std::fs::{self, File};
use std::io::{IsTerminal, Read, Seek, SeekFrom};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use indicatif::{MultiProgress, ProgressBar, ProgressStyle};
use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;

use crate::paths;

static INTERRUPTED: AtomicBool = AtomicBool::new(false);
static SCREEN: LazyLock<MultiProgress> = LazyLock::new(MultiProgress::new);

const LOOK_EVERY: Duration = Duration::from_millis(100);
const SAY_EVERY: Duration = Duration::from_secs(30);
const LINES_SHOWN: usize = 60;

/// Makes Ctrl-C end the work in order, so that servers and databases are stopped too.
pub fn listen_for_interruption() -> Result<()> {
    ctrlc::set_handler(|| INTERRUPTED.store(true, Ordering::SeqCst)).context("could not listen for Ctrl-C")
}

/// Whether somebody pressed Ctrl-C.
pub fn is_interrupted() -> bool {
    INTERRUPTED.load(Ordering::SeqCst)
}

/// How a command ended, and what it wrote.
pub struct Outcome {
    pub status: ExitStatus,
    pub log: PathBuf,
}

impl Outcome {
    pub fn output(&self) -> String {
        fs::read(&self.log).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
    }
}

/// Prints a line, without disturbing the progress below it.
pub fn say(line: &str) {
    if std::io::stderr().is_terminal() {
        // A lost line of progress is no reason to stop the work.
        let _ = SCREEN.println(line);
    } else {
        println!("{line}");
    }
}

/// Runs a command that has to succeed.
pub fn run(title: &str, command: &mut Command) -> Result<Outcome> {
    let outcome = attempt(title, command)?;
    if !outcome.status.success() {
        bail!("{title}: failed. The whole log: {}", outcome.log.display());
    }
    Ok(outcome)
}

/// Runs a command; a failure is shown and given back.
pub fn attempt(title: &str, command: &mut Command) -> Result<Outcome> {
    let log = log_path(title)?;
    let file = File::create(&log).with_context(|| format!("could not write {}", log.display()))?;
    command.stdin(Stdio::null()).stdout(file.try_clone()?).stderr(file).process_group(0);
    let progress = Progress::begin(title);
    let mut child = command.spawn().with_context(|| format!("could not start {:?}", command.get_program()))?;
    let status = loop {
        if is_interrupted() {
            end(&mut child);
            progress.finish("stopped");
            bail!("Stopped.");
        }
        if let Some(status) = child.try_wait()? {
            break status;
        }
        progress.look_at(&log);
        std::thread::sleep(LOOK_EVERY);
    };
    progress.finish(if status.success() { "✓" } else { "✗" });
    let outcome = Outcome { status, log };
    if !status.success() {
        show_end_of(&outcome);
    }
    Ok(outcome)
}

/// Does work of our own as a step.
pub fn work<T>(title: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    let progress = Progress::begin(title);
    let result = work();
    progress.finish(if result.is_ok() { "✓" } else { "✗" });
    result
}

/// Asks a program that leads a process group, and what it started, to end, and waits until it has.
pub fn end(child: &mut Child) {
    if matches!(child.try_wait(), Ok(Some(_))) {
        return;
    }
    if let Ok(id) = i32::try_from(child.id()) {
        let _ = killpg(Pid::from_raw(id), Signal::SIGTERM);
    }
    let deadline = Instant::now() + Duration::from_secs(15);
    while Instant::now() < deadline {
        if matches!(child.try_wait(), Ok(Some(_)) | Err(_)) {
            return;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    let _ = child.kill();
    let _ = child.wait();
}

/// A file under `target/log` for this step.
pub fn log_path(title: &str) -> Result<PathBuf> {
    let folder = paths::target().join("log");
    fs::create_dir_all(&folder).with_context(|| format!("could not make {}", folder.display()))?;
    let name: String =
        title.to_lowercase().chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '-' }).collect();
    Ok(folder.join(format!("{}.log", name.trim_matches('-'))))
}

/// The last lines of a log, on the screen.
pub fn show_end_of(outcome: &Outcome) {
    let output = outcome.output();
    let lines: Vec<&str> = output.lines().collect();
    for line in lines.iter().skip(lines.len().saturating_sub(LINES_SHOWN)) {
        say(&format!("    {line}"));
    }
}

/// `1 min 5 s`, or `0.4 s`.
pub fn in_words(time: Duration) -> String {
    match time.as_secs() {
        0..10 => format!("{:.1} s", time.as_secs_f64()),
        10..60 => format!("{} s", time.as_secs()),
        seconds => format!("{} min {} s", seconds / 60, seconds % 60),
    }
}

struct Progress {
    title: String,
    began: Instant,
    bar: Option<ProgressBar>,
    said: std::cell::Cell<Instant>,
}

impl Progress {
    fn begin(title: &str) -> Self {
        let bar = std::io::stderr().is_terminal().then(|| {
            let bar = SCREEN.add(ProgressBar::new_spinner());
            if let Ok(style) = ProgressStyle::with_template("{spinner} {prefix} ({elapsed}) {wide_msg:.dim}") {
                bar.set_style(style);
            }
            bar.set_prefix(title.to_owned());
            bar.enable_steady_tick(Duration::from_millis(120));
            bar
        });
        if bar.is_none() {
            say(&format!("… {title}"));
        }
        Self { title: title.to_owned(), began: Instant::now(), bar, said: std::cell::Cell::new(Instant::now()) }
    }

    fn look_at(&self, log: &Path) {
        if let Some(bar) = &self.bar {
            bar.set_message(last_line(log));
        } else if self.said.get().elapsed() > SAY_EVERY {
            self.said.set(Instant::now());
            say(&format!("… {} ({}): {}", self.title, in_words(self.began.elapsed()), last_line(log)));
        }
    }

    fn finish(self, mark: &str) {
        let took = self.began.elapsed();
        if let Some(bar) = self.bar {
            bar.finish_and_clear();
        }
        say(&format!("{mark} {} ({})", self.title, in_words(took)));
    }
}

fn last_line(log: &Path) -> String {
    let read = || -> std::io::Result<String> {
        let mut file = File::open(log)?;
        let length = file.metadata()?.len();
        file.seek(SeekFrom::Start(length.saturating_sub(400)))?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        Ok(String::from_utf8_lossy(&bytes)
            .lines()
            .rfind(|line| !line.trim().is_empty())
            .unwrap_or("")
            .trim()
            .to_owned())
    };
    read().unwrap_or_default()
}
