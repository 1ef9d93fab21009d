//! One reader under libFuzzer: the one that the environment names. `fuzz/run` builds and starts it.

#![no_main]

mod readers;

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    static READ: OnceLock<readers::Reader> = OnceLock::new();
    let read = READ.get_or_init(|| {
        let name = std::env::var("READER").unwrap_or_default();
        let known = readers::READERS.iter().find(|(reader, _)| *reader == name);
        known.unwrap_or_else(|| panic!("READER={name} is none of the table in fuzz/readers.rs")).1
    });
    read(data);
});
