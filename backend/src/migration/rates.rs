use super::table::Table;

// Minutes and days are counted from 1970. Neither table refers to the municipality: requests are counted before its row is there.

pub fn rate() -> Table {
    Table::of_municipality("rate", &["minute", "key_hash"]).int("minute").text("key_hash").int("requests")
}

pub fn rate_salt() -> Table {
    Table::of_municipality("rate_salt", &["day"]).int("day").text("salt")
}
