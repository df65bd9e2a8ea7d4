//! The citizens' app.

fn main() {
    roed_traad_spa::app::start();
}
