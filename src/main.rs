//! The citizens' app.

mod app;

fn main() {
    app::start();
}
