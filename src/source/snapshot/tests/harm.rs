//! Snapshots that something happened to: the lines that it did not touch are found.

use proptest::prelude::*;

use super::packed::forms;
use super::*;

/// What is done to the bytes of a snapshot.
#[derive(Clone, Debug)]
enum Harm {
    Cut(prop::sample::Index),
    Garble(prop::sample::Index, Vec<u8>),
    Remove(prop::sample::Index, usize),
}

fn harm() -> impl Strategy<Value = Harm> {
    prop_oneof![
        any::<prop::sample::Index>().prop_map(Harm::Cut),
        (any::<prop::sample::Index>(), prop::collection::vec(any::<u8>(), 1..9))
            .prop_map(|(at, bytes)| Harm::Garble(at, bytes)),
        (any::<prop::sample::Index>(), 1usize..600).prop_map(|(at, count)| Harm::Remove(at, count)),
    ]
}

fn harmed(bytes: &[u8], harm: &Harm) -> (Vec<u8>, std::ops::Range<usize>) {
    let mut harmed = bytes.to_vec();
    let touched = match harm {
        Harm::Cut(at) => at.index(bytes.len())..bytes.len(),
        Harm::Garble(at, by) => at.index(bytes.len())..(at.index(bytes.len()) + by.len()).min(bytes.len()),
        Harm::Remove(at, count) => at.index(bytes.len())..(at.index(bytes.len()) + count).min(bytes.len()),
    };
    match harm {
        Harm::Garble(_, by) => harmed[touched.clone()].copy_from_slice(&by[..touched.len()]),
        Harm::Cut(_) | Harm::Remove(..) => drop(harmed.drain(touched.clone())),
    }
    (harmed, touched)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn harm_to_one_place_loses_no_line_elsewhere(harm in harm()) {
        let lines = lines(20);
        let (bytes, touched) = harmed(lines.concat().as_bytes(), &harm);
        let wanted: Vec<VersionedId> = (1..=20).map(|n| id(n).parse().unwrap()).collect();
        let found = found(&bytes, &Question { ids: &wanted, titles: &[] });
        let found = found.map(|found| found.papers).unwrap_or_default();
        let mut start = 0;
        for (n, line) in lines.iter().enumerate() {
            let end = start + line.len();
            // A removed newline joins two lines.
            if touched.end < start || end <= touched.start {
                prop_assert!(found.iter().any(|paper| paper.id.as_str() == id(n + 1)), "line {n} of {harm:?}");
            }
            start = end;
        }
    }

    #[test]
    fn harm_to_a_packed_file_is_survived(harm in harm(), form in 0usize..8) {
        let (bytes, _) = harmed(&forms(&lines(20).concat())[form], &harm);
        let wanted: Vec<VersionedId> = (1..=20).map(|n| id(n).parse().unwrap()).collect();
        // How much comes out before the damage is the unpacker's affair; that it comes to an end is ours.
        if let Ok(found) = search(file(&bytes).path(), &Question { ids: &wanted, titles: &[] }, NonZeroUsize::MIN) {
            prop_assert!(found.papers.len() <= 20);
        }
    }
}
