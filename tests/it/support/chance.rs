//! Repeatable chance for the fake service: the same seed gives the same papers, refusals and shuffles on every machine.
//! What is decided by it is left to those who ask.

/// A number that looks random and depends on `seed` alone (the SplitMix64 step of Steele, Lea and Flood, 2014).
pub fn mixed(seed: u64) -> u64 {
    let mut z = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// One of the items, by the seed.
pub fn pick<T>(items: &[T], seed: u64) -> &T {
    let at = mixed(seed) % items.len() as u64;
    &items[usize::try_from(at).expect("an index within a slice")]
}

/// Puts the items into an order that depends on the seed alone.
pub fn shuffle<T>(items: &mut [T], seed: u64) {
    for at in (1..items.len()).rev() {
        let other = mixed(seed.wrapping_add(at as u64)) % (at as u64 + 1);
        items.swap(at, usize::try_from(other).expect("an index within a slice"));
    }
}
