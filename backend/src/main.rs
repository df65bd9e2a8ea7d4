//! `roed-traad`: serve the apps, load and save data.

use std::{
    error::Error,
    fs::OpenOptions,
    io::{self, IsTerminal as _, Write as _},
    net::IpAddr,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::{Args, Parser, Subcommand};
use contract::CitizenId;
use indicatif::{ProgressBar, ProgressStyle};
use roed_traad::{
    app::{self, App},
    audit::{self, Chain, checkpoint::Checkpoint},
    clock::Clock,
    config::{Config, Overrides},
    db::Database,
    demo, export, import,
    keys::{Keys, Master},
    logging, serve, session,
    values::ActionKind,
};
use uuid::Uuid;

type Outcome = Result<(), Box<dyn Error>>;

/// Rød Tråd: meetings with the municipality, and one plan.
#[derive(Parser)]
#[command(version)]
struct Cli {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Command,
}

#[derive(Args)]
struct Common {
    /// A TOML file with the municipality's name, contact and colours
    #[arg(long, global = true, env = "ROED_TRAAD_CONFIG")]
    config: Option<PathBuf>,
    /// sqlite://FILE?mode=rwc or postgres://… [default: sqlite://roed-traad.sqlite?mode=rwc]
    #[arg(long, global = true)]
    database: Option<String>,
    /// An invented municipality, sign-in without login; on this machine only
    #[arg(long, global = true)]
    demo: bool,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the apps and the API
    Serve {
        /// Listen on this port [default: 8080]
        #[arg(long)]
        port: Option<u16>,
        /// Listen on this address [default: 127.0.0.1]
        #[arg(long)]
        address: Option<IpAddr>,
        /// The folder with the built apps [default: dist]
        #[arg(long)]
        dist: Option<PathBuf>,
    },
    /// Load employees and citizens from a file (docs/import.md), all or nothing
    Import {
        /// The file, JSON
        file: PathBuf,
    },
    /// Write one citizen's data, in the format that can be imported
    Export {
        /// The citizen's id
        citizen: CitizenId,
        /// The file to write; without it, standard output
        #[arg(long)]
        output: Option<PathBuf>,
    },
    /// Make invented citizens for trials and load tests
    Demo {
        /// How many
        #[arg(long)]
        citizens: u32,
        /// The same seed makes the same citizens
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
    /// Who has looked at what: whether it is as it was written
    #[command(subcommand)]
    Audit(AuditCommand),
    /// Look after the keys to what people wrote
    #[command(subcommand)]
    Keys(KeysCommand),
    /// Sign somebody out everywhere, or everybody
    SignOut {
        /// The citizen's or the employee's id
        #[arg(required_unless_present = "all")]
        id: Option<Uuid>,
        /// Everybody
        #[arg(long, conflicts_with = "id")]
        all: bool,
    },
    /// Print the description of the API, OpenAPI 3.1
    Openapi,
    /// Print the JSON Schema of what can be imported
    Schema,
}

#[derive(Subcommand)]
enum AuditCommand {
    /// Look for rows that were changed, moved or deleted
    Verify {
        /// Checkpoints that were exported before
        #[arg(long)]
        checkpoint: Vec<PathBuf>,
    },
    /// Sign all that was written since the last checkpoint, and write every checkpoint, to be kept elsewhere
    Checkpoint {
        /// The file to write; without it, standard output
        #[arg(long)]
        output: Option<PathBuf>,
    },
    /// Say that an older copy of the data was put back, so that its chains end where they end there
    Restored,
    /// Print what stands in one chain, a JSON line for each row, with what was searched for; of a citizen's chain they see it
    Read {
        /// The citizen's id, or the employee's whose lists and searches these are
        id: Uuid,
    },
}

#[derive(Subcommand)]
enum KeysCommand {
    /// Print a new master key
    Make,
    /// Wrap every key by the master key that is set, where keys.previous has wrapped it
    Rotate,
    /// Delete a citizen's key: what was written in their case can never be read again
    Forget {
        /// The citizen's id
        citizen: CitizenId,
    },
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "{error}");
            ExitCode::FAILURE
        }
    }
}

fn run(cli: Cli) -> Outcome {
    let (common, command) = (cli.common, cli.command);
    let work: Work = match command {
        Command::Openapi => return print(&app::openapi().to_pretty_json()?),
        Command::Schema => return print(import::schema().trim_end()),
        Command::Serve { port, address, dist } => {
            let overrides = Overrides { port, address, dist, ..common.overrides() };
            let config = Config::read(common.config.as_deref(), &overrides)?;
            logging::start();
            return block_on(serve_until_ended(config));
        }
        Command::Audit(AuditCommand::Verify { checkpoint }) => Work::Verify(checkpoint),
        Command::Audit(AuditCommand::Checkpoint { output }) => Work::Checkpoint(output),
        Command::Audit(AuditCommand::Restored) => Work::Restored,
        Command::Audit(AuditCommand::Read { id }) => Work::ReadAudit(id),
        Command::Keys(KeysCommand::Make) => return print(&Master::make()?),
        Command::Keys(KeysCommand::Rotate) => Work::Rotate,
        Command::Keys(KeysCommand::Forget { citizen }) => Work::Forget(citizen),
        Command::SignOut { id, .. } => Work::SignOut(id),
        Command::Import { file } => Work::Import(file),
        Command::Export { citizen, output } => Work::Export(citizen, output),
        Command::Demo { citizens, seed } => Work::Demo(citizens, seed),
    };
    let mut overrides = common.overrides();
    overrides.demo |= matches!(work, Work::Demo(..)) && common.config.is_none();
    let config = Config::read(common.config.as_deref(), &overrides)?;
    block_on(work.run(config))
}

impl Common {
    fn overrides(&self) -> Overrides {
        Overrides { database: self.database.clone(), demo: self.demo, ..Overrides::default() }
    }
}

fn block_on(work: impl Future<Output = Outcome>) -> Outcome {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(work)
}

fn print(text: &str) -> Outcome {
    Ok(writeln!(io::stdout(), "{text}")?)
}

async fn serve_until_ended(config: Config) -> Outcome {
    let db = open(&config).await?;
    let ahead = if config.demo { config.demo_hours_ahead } else { 0 };
    let app = App::new(config, Clock::of_the_machine()?.ahead(ahead), db);
    if app.config.demo && app.config.demo_people {
        demo::load(&app).await?;
    }
    Ok(serve::run(app).await?)
}

/// The data, with its keys.
async fn open(config: &Config) -> Result<Database, Box<dyn Error>> {
    let keys = Keys::open(&config.keys_database()?, config.masters()?).await?;
    Ok(Database::open(&config.database, keys).await?)
}

/// What is done with the database while no server needs to run.
enum Work {
    Import(PathBuf),
    Export(CitizenId, Option<PathBuf>),
    Demo(u32, u64),
    Verify(Vec<PathBuf>),
    Checkpoint(Option<PathBuf>),
    Restored,
    ReadAudit(Uuid),
    Rotate,
    Forget(CitizenId),
    /// Somebody, or everybody.
    SignOut(Option<Uuid>),
}

impl Work {
    async fn run(self, config: Config) -> Outcome {
        let clock = Clock::of_the_machine()?;
        let db = open(&config).await?;
        let done = match self {
            Self::Import(file) => load(&config, &clock, &db, &file).await,
            Self::Export(citizen, output) => save(&config, &clock, &db, citizen, output.as_deref()).await,
            Self::Demo(citizens, seed) => invent(&config, &clock, &db, citizens, seed).await,
            Self::Verify(exported) => verify(&config, &db, &exported).await,
            Self::Checkpoint(output) => sign(&config, &clock, &db, output.as_deref()).await,
            Self::Restored => restored(&config, &db).await,
            Self::ReadAudit(id) => read_audit(&config, &clock, &db, id).await,
            Self::Rotate => rotate(&db).await,
            Self::Forget(citizen) => forget(&config, &clock, &db, citizen).await,
            Self::SignOut(id) => sign_out(&config, &db, id).await,
        };
        let remembered = audit::ends::remember(&db).await;
        db.close().await;
        done?;
        Ok(remembered?)
    }
}

async fn load(config: &Config, clock: &Clock, db: &Database, path: &Path) -> Outcome {
    let bytes = std::fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let file = import::read(&bytes)?;
    let bar = progress(u64::try_from(file.citizens.len())?);
    let told = bar.clone();
    let municipality = import::Municipality::of(config);
    let loaded = import::load(db, municipality, clock, file, move |done| told.set_position(done)).await;
    bar.finish_and_clear();
    let loaded = loaded.map_err(|error| format!("nothing was loaded.\n{error}"))?;
    let (new, known) = (loaded.employees + loaded.citizens, loaded.known);
    print(&format!(
        "{new} new: {} employees and {} citizens; {known} were there already",
        loaded.employees, loaded.citizens
    ))
}

async fn save(config: &Config, clock: &Clock, db: &Database, id: CitizenId, output: Option<&Path>) -> Outcome {
    let (m, zone) = (config.municipality_id, clock.zone().clone());
    let ring = db.keys().of(m, &[id.0]).await?;
    let (chain, now) = (Chain { municipality: m.0, id: id.0 }, clock.now());
    let keys = db.keys().clone();
    let file = db.write(move |tx| {
        Box::pin(async move {
            let file = export::file(tx, &ring, m, id, &zone).await?;
            if file.is_some() {
                audit::record_operator((&keys, tx), (chain, true), ActionKind::Read, "export", now).await?;
            }
            Ok(file)
        })
    });
    let Some(file) = file.await? else { return Err("there is no citizen with this id".into()) };
    write_json(&file, output)
}

fn write_json(value: &impl serde::Serialize, output: Option<&Path>) -> Outcome {
    let mut text = serde_json::to_string_pretty(value)?;
    text.push('\n');
    match output {
        Some(path) => Ok(write_privately(path, &text).map_err(|error| format!("{}: {error}", path.display()))?),
        None => Ok(io::stdout().write_all(text.as_bytes())?),
    }
}

async fn verify(config: &Config, db: &Database, exported: &[PathBuf]) -> Outcome {
    let mut checkpoints: Vec<Checkpoint> = Vec::new();
    for path in exported {
        let read = std::fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
        let mut some: Vec<Checkpoint> =
            serde_json::from_slice(&read).map_err(|error| format!("{}: no checkpoints: {error}", path.display()))?;
        checkpoints.append(&mut some);
    }
    let report = audit::verify::all(db, config.municipality_id, checkpoints).await?;
    for finding in &report.findings {
        print(&finding.to_string())?;
    }
    let audit::verify::Report { chains, rows, checkpoints, findings } = report;
    print(&format!("chains {chains} rows {rows} checkpoints {checkpoints} findings {}", findings.len()))?;
    if findings.is_empty() { Ok(()) } else { Err("the audit is not as it was written".into()) }
}

async fn sign(config: &Config, clock: &Clock, db: &Database, output: Option<&Path>) -> Outcome {
    let m = config.municipality_id;
    audit::checkpoint::make(db, m, clock.now()).await?;
    let all = db.read(move |tx| Box::pin(async move { audit::checkpoint::all(tx, m).await })).await?;
    write_json(&all, output)
}

async fn restored(config: &Config, db: &Database) -> Outcome {
    let m = config.municipality_id;
    let report = audit::verify::all(db, m, Vec::new()).await?;
    let (gone, others): (Vec<_>, Vec<_>) = report.findings.into_iter().partition(audit::verify::Finding::is_of_the_end);
    if let Some(other) = others.first() {
        return Err(format!("this is not what an older copy looks like: {other}").into());
    }
    for finding in &gone {
        print(&finding.to_string())?;
    }
    audit::ends::begin_anew(db, m).await?;
    print(&format!(
        "chains that end earlier now: {}; keep this list, and the checkpoints that were exported before",
        gone.len()
    ))
}

async fn read_audit(config: &Config, clock: &Clock, db: &Database, id: Uuid) -> Outcome {
    let (m, now) = (config.municipality_id, clock.now());
    let (chain, keys) = (Chain { municipality: m.0, id }, db.keys().clone());
    let rows = db.write(move |tx| Box::pin(async move { audit::read::chain(tx, &keys, chain, now).await })).await?;
    if rows.is_empty() {
        return Err("nothing stands in a chain with this id".into());
    }
    rows.iter().try_for_each(|row| print(&serde_json::to_string(row)?))
}

/// For nobody's eyes but who runs this: all of a case is in it, drafts too.
fn write_privately(path: &Path, text: &str) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    // A file that was there keeps its own.
    #[cfg(unix)]
    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    file.write_all(text.as_bytes())
}

async fn rotate(db: &Database) -> Outcome {
    let count = db.keys().rewrap().await?;
    print(&format!("{count} keys were wrapped anew; keys.previous can be taken out of the configuration"))
}

async fn forget(config: &Config, clock: &Clock, db: &Database, citizen: CitizenId) -> Outcome {
    let (chain, now) = (Chain { municipality: config.municipality_id.0, id: citizen.0 }, clock.now());
    let keys = db.keys().clone();
    let is_known = db.write(move |tx| {
        Box::pin(async move {
            let is_known = export::is_known(tx, chain.municipality, chain.id).await?;
            if is_known {
                audit::record_operator((&keys, tx), (chain, true), ActionKind::Write, "forget", now).await?;
            }
            Ok(is_known)
        })
    });
    if !is_known.await? || !db.keys().forget(config.municipality_id, citizen.0).await? {
        return Err("there is no citizen with this id, or the key is deleted already".into());
    }
    print("the key is deleted: what was written in the case cannot be read any more")
}

async fn sign_out(config: &Config, db: &Database, whose: Option<Uuid>) -> Outcome {
    let m = config.municipality_id;
    let ended = db.write(move |tx| Box::pin(async move { session::store::end_by_operator(tx, m, whose).await }));
    match ended.await? {
        None => Err("there is no citizen and no employee with this id".into()),
        Some(0) => print("nobody was signed in"),
        Some(ended) => print(&format!("sessions that have ended: {ended}")),
    }
}

async fn invent(config: &Config, clock: &Clock, db: &Database, citizens: u32, seed: u64) -> Outcome {
    if !config.demo {
        return Err("invented citizens belong in a demo: add --demo, or leave the configuration out".into());
    }
    let bar = progress(u64::from(citizens));
    let municipality = (config.municipality_id, config.municipality.name.clone());
    let made = demo::invent(db, municipality, clock, citizens, seed, |done| bar.set_position(done)).await;
    bar.finish_and_clear();
    made?;
    print(&format!("{citizens} invented citizens"))
}

/// On a terminal only: in a log, a moving bar is noise.
fn progress(length: u64) -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(length);
    if let Ok(style) = ProgressStyle::with_template("{wide_bar} {pos} of {len}, {eta} left") {
        bar.set_style(style);
    }
    bar
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_guide_names_every_command() {
        let guide = include_str!("../../docs/CONTRIBUTING.md");
        for command in Cli::command().get_subcommands() {
            let name = command.get_name();
            assert!(guide.contains(&format!("`roed-traad {name}")), "{name}");
        }
    }
}
