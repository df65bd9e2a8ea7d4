//! Parts that know no domain: texts and values come in as props. Their look and markup: `style/README.md`.

mod choice;
mod date;
mod error_summary;
mod field;
pub mod focus;
mod keeper;
pub mod leaving;
mod notice;
mod page;

pub use choice::{Checkbox, Checkboxes, Radios, Select};
pub use date::{DateField, DateInput, TimeField, TimeInput};
pub use error_summary::ErrorSummary;
pub use field::{Field, Limit, TextArea, TextField};
pub use keeper::Keeper;
pub use notice::{Empty, Icon, Notice, Skeleton};
pub use page::{InPage, Page, reveal};
