//! Questions and answers in plain words, and the accessibility statement.
