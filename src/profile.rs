//! The citizen in their own words.
