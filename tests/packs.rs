//! A pack is whole or it is refused: flipped, cut and swapped bytes, and the packs of every format that was ever shipped.

#![expect(
    clippy::indexing_slicing,
    reason = "a JSON value answers null for a key it lacks; a position is below a length"
)]
#![expect(
    clippy::unwrap_used,
    reason = "a refusal that does not come has failed the test"
)]
mod support;

use std::fs;

use dutiable::destination::Rules;
use dutiable::engine::{Engine, sections};
use dutiable::exchange::{Peg, ReferenceRates};
use dutiable::navigator::guide::{Note, Profiles, Vocabulary};
use dutiable::navigator::{Language, Weights};
use dutiable::pack::{About, Pack, PackKind, SectionId};
use dutiable::stored::{self, Stored};
use dutiable::tariff::{self, Dictionary};
use serde::de::DeserializeOwned;
use support::{BuiltPack, packs, root};

/// Flips and cuts of each pack.
const CHANGES: u64 = 10_000;
/// Bytes that are flipped in whole: the header and the directory of any pack lie in them.
const FLIPPED_WHOLE: usize = 300;

/// A small generator of positions, the same on every run (Knuth's MMIX).
struct Positions(u64);

impl Positions {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let below = u64::try_from(below).unwrap_or(1).max(1);
        usize::try_from((self.0 >> 16).checked_rem(below).unwrap_or(0)).unwrap_or(0)
    }
}

#[test]
fn every_changed_pack_is_refused() -> Result<(), String> {
    for pack in smallest_of_each_kind(packs()?) {
        let mut positions = Positions(7);
        for change in 0..CHANGES {
            let mut bytes = pack.bytes.clone();
            if change & 1 == 0 {
                let at = positions.next(bytes.len());
                bytes[at] ^= 1 << positions.next(8);
            } else {
                bytes.truncate(positions.next(pack.bytes.len()));
            }
            assert!(
                Pack::open(bytes).is_err(),
                "{}: change {change} was not noticed",
                pack.id
            );
        }
    }
    Ok(())
}

/// Values are read without serde in the page; here what serde reads of the same bytes is the oracle, for every pack.
#[test]
fn stored_values_are_those_that_serde_reads() -> Result<(), String> {
    fn same<T: Stored + DeserializeOwned + PartialEq>(
        pack: &Pack,
        id: SectionId,
    ) -> Result<(), String> {
        let bytes = pack.section(id).map_err(|error| error.to_string())?;
        let theirs: T = postcard::from_bytes(bytes).map_err(|error| error.to_string())?;
        let ours = stored::read::<T>(bytes).ok_or("not read")?;
        if ours == theirs {
            Ok(())
        } else {
            Err("read otherwise".to_owned())
        }
    }
    for built in packs()? {
        let pack = Pack::open(built.bytes).map_err(|error| error.to_string())?;
        same::<About>(&pack, SectionId::ABOUT)?;
        let values = match pack.kind() {
            PackKind::Rules => same::<Rules>(&pack, sections::RULES),
            PackKind::Rates => same::<ReferenceRates>(&pack, sections::RATES)
                .and_then(|()| same::<Vec<Peg>>(&pack, sections::PEGS)),
            PackKind::Index => match pack.range(sections::LANGUAGE) {
                Ok(_) => same::<Language>(&pack, sections::LANGUAGE),
                // English is built in.
                Err(_) => Ok(()),
            }
            .and_then(|()| same::<Weights>(&pack, sections::WEIGHTS)),
            PackKind::Tariff | PackKind::Measures => {
                same::<Dictionary>(&pack, tariff::sections::DICTIONARY)
            }
            PackKind::Guide => same::<Vocabulary>(&pack, sections::FACETS)
                .and_then(|()| same::<Profiles>(&pack, sections::PROFILES))
                .and_then(|()| same::<Vec<Note>>(&pack, sections::NOTES)),
            PackKind::Nomenclature | PackKind::Text | PackKind::Classifier => Ok(()),
        };
        values.map_err(|error| format!("{}: {error}", built.id))?;
    }
    Ok(())
}

/// The smallest packs of each kind stand for their kind: the envelope that refuses is the same for all.
fn smallest_of_each_kind(mut packs: Vec<BuiltPack>) -> Vec<BuiltPack> {
    packs.sort_by_key(|pack| (pack.kind.clone(), pack.bytes.len()));
    packs.dedup_by_key(|pack| pack.kind.clone());
    assert_eq!(packs.len(), 9, "one pack of each kind");
    packs
}

#[test]
fn every_pack_notices_a_flip_anywhere_in_its_header_and_at_random() -> Result<(), String> {
    for pack in packs()? {
        let mut positions = Positions(11);
        let head = (0..FLIPPED_WHOLE.min(pack.bytes.len())).map(|at| at << 3);
        let random = (0..40).map(|_| positions.next(pack.bytes.len() << 3));
        for bit in head.chain(random.collect::<Vec<_>>()) {
            let mut bytes = pack.bytes.clone();
            bytes[bit >> 3] ^= 1 << (bit & 7);
            assert!(
                Pack::open(bytes).is_err(),
                "{}: bit {bit} was not noticed",
                pack.id
            );
        }
    }
    Ok(())
}

#[test]
fn a_pack_with_another_hash_than_the_manifest_gives_is_refused() -> Result<(), String> {
    let packs = packs()?;
    let (one, other) = (&packs[0], &packs[1]);
    let refused = Engine::new()
        .open_pack(one.bytes.clone(), Some(&other.sha256))
        .map(|_| ())
        .unwrap_err();
    assert_eq!(refused.code.as_str(), "pack.corrupt");
    Ok(())
}

#[test]
fn what_is_no_pack_is_refused() {
    for bytes in [
        &b""[..],
        b"<!doctype html><title>Not found</title>",
        b"\x89DTP\r\n\x1a\n",
        &[0; 64],
    ] {
        let refused = Pack::open(bytes.to_vec()).map(|_| ()).unwrap_err();
        assert_eq!(refused.code.as_str(), "pack.corrupt");
    }
}

#[test]
fn a_pack_of_a_later_format_is_refused_by_that_name() -> Result<(), String> {
    let mut bytes = fs::read(root().join("tests/frozen/format-2.rates.pack"))
        .map_err(|error| error.to_string())?;
    bytes[8] = 3;
    reseal(&mut bytes);
    assert_eq!(
        Pack::open(bytes).map(|_| ()).unwrap_err().code.as_str(),
        "pack.format"
    );
    Ok(())
}

/// Puts the right checksum on changed bytes, as a publisher of another format would.
fn reseal(bytes: &mut [u8]) {
    let mut crc = !0_u32;
    for byte in bytes[..16].iter().chain(&bytes[20..]) {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 {
                (crc >> 1) ^ 0xEDB8_8320
            } else {
                crc >> 1
            };
        }
    }
    bytes[16..20].copy_from_slice(&(!crc).to_le_bytes());
}

/// Every byte changed in turn and sealed again: the reader behind the checksum must refuse or read, and never panic.
#[test]
fn a_sealed_change_is_read_or_refused_without_a_panic() -> Result<(), String> {
    for pack in smallest_of_each_kind(packs()?) {
        if pack.kind == "index" {
            // The map of words is covered by checksum and hash alone; see `pack` and ARCHITECTURE.md.
            continue;
        }
        let mut positions = Positions(13);
        for _ in 0..2_000 {
            let mut bytes = pack.bytes.clone();
            let at = positions
                .next(bytes.len().saturating_sub(24))
                .saturating_add(24);
            bytes[at] ^= 1 << positions.next(8);
            reseal(&mut bytes);
            let _ = Engine::new().open_pack(bytes, None);
        }
    }
    Ok(())
}

#[test]
fn frozen_packs_are_read_or_refused_as_an_earlier_format() -> Result<(), String> {
    let mut count = 0;
    for entry in fs::read_dir(root().join("tests/frozen")).map_err(|error| error.to_string())? {
        let path = entry.map_err(|error| error.to_string())?.path();
        if path
            .extension()
            .is_some_and(|extension| extension == "pack")
        {
            let bytes = fs::read(&path).map_err(|error| error.to_string())?;
            let opened = Engine::new().open_pack(bytes, None).map(|_| ());
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            // What an earlier format stored is no longer read; it must be refused by that name, never misread.
            if name.starts_with("format-1.") {
                assert_eq!(opened.unwrap_err().code.as_str(), "pack.format", "{name}");
            } else {
                opened.map_err(|error| format!("{name}: {error}"))?;
                count += 1;
            }
        }
    }
    assert!(count >= 4, "{count} frozen packs");
    Ok(())
}
