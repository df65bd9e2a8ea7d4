//! The employees' app.

fn main() {
    roed_traad_spa::staff_app::start();
}
