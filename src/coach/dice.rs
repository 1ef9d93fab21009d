//! Chance without a state: the same seed and the same occasion always fall the same way, in whatever order occasions come.
//!
//! Knows numbers; knows not what is drawn.

/// A number that looks random, for an occasion of a session.
///
/// The occasion is hashed by FNV-1a and mixed with the seed by splitmix64 (Steele, Lea and Flood, Fast splittable
/// pseudorandom number generators, OOPSLA 2014).
pub(super) fn roll(seed: u64, occasion: &str) -> u64 {
    const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    let hash = occasion.bytes().fold(OFFSET, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(PRIME)
    });
    splitmix64(seed ^ hash)
}

/// One of several, by chance.
pub(super) fn pick<'t, T>(seed: u64, occasion: &str, options: &'t [T]) -> Option<&'t T> {
    let count = u64::try_from(options.len())
        .ok()
        .filter(|count| *count > 0)?;
    let at = roll(seed, occasion) % count;
    options.get(usize::try_from(at).ok()?)
}

const fn splitmix64(seed: u64) -> u64 {
    let z = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_vectors_come_out() {
        // The first three numbers for seed 1234567, from Vigna's reference implementation.
        const GAMMA: u64 = 0x9e37_79b9_7f4a_7c15;
        let drawn: Vec<u64> = (0..3_u64)
            .map(|n| splitmix64(1_234_567_u64.wrapping_add(GAMMA.wrapping_mul(n))))
            .collect();
        assert_eq!(
            drawn,
            [
                6_457_827_717_110_365_317,
                3_203_168_211_198_807_973,
                9_817_491_932_198_370_423
            ]
        );
    }

    #[test]
    fn seeds_and_occasions_both_matter() {
        assert_ne!(roll(1, "a"), roll(2, "a"));
        assert_ne!(roll(1, "a"), roll(1, "b"));
        assert_eq!(pick::<u8>(1, "a", &[]), None);
    }
}
