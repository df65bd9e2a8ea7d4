//! Preparing a meeting: goals and topics, saved while they are written, looked through, sent.
