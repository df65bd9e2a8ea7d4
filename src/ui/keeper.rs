use leptos::{
    prelude::*,
    reactive::owner::{Owner, WeakOwner},
};

/// Keeps what is made at a press for as long as the part of the page where this was taken: a press belongs to its
/// button, and what is made there would go away with it.
#[derive(Clone, Copy)]
pub struct Keeper(StoredValue<Option<WeakOwner>>);

impl Keeper {
    /// Keeps for the part that is being drawn. Take it in a component's body.
    pub fn here() -> Self {
        // Weak, because it is kept in what the owner owns.
        Self(StoredValue::new(Owner::current().map(|owner| owner.downgrade())))
    }

    /// Makes it; nothing when the part is gone.
    pub fn keep<T>(self, make: impl FnOnce() -> T) -> Option<T> {
        let owner = self.0.try_get_value().flatten()?.upgrade()?;
        Some(owner.with(make))
    }
}
