//! Waiting and loss at servers that share one queue, by the M/M/c model: arrivals at random, service times exponential.
//!
//! Knows rates and numbers of servers; knows no design, no units but requests a second and seconds, and no percentiles.

#[cfg(test)]
pub(super) mod tests;

/// Above this many servers the probability of waiting is that of this many at the same distance from saturation.
const EXACT: f64 = 1e6;

/// The probability that an arrival has to wait in M/M/c: Erlang's C formula (Erlang 1917; Kleinrock, Queueing Systems I,
/// 1975, section 3.8).
///
/// `offered` is the load in erlangs: arrival rate times mean service time. `None` at or above saturation, where there is
/// no steady state.
///
/// Above a million servers the answer is that for a million at the same `(1 - utilisation) x sqrt(servers)`, on which
/// alone the probability depends in the limit (Halfin and Whitt, Operations Research 29, 1981). What that leaves out is
/// less than 0.3% of it where one arrival in forty or more waits, and 2.2% where one in thirty thousand does.
#[must_use]
pub fn erlang_c(servers: u64, offered: f64) -> Option<f64> {
    #[expect(
        clippy::cast_precision_loss,
        reason = "beyond 2^53 servers one more or less is nothing"
    )]
    let servers = servers as f64;
    if offered.is_nan() || offered >= servers {
        return None;
    }
    if offered <= 0.0 {
        return Some(0.0);
    }
    let (servers, offered) = at_most_exact(servers, offered);
    if offered <= 0.0 {
        return Some(0.0);
    }
    let spare = (servers - offered) / servers;
    Some(1.0 / (spare * inverse_erlang_b(servers, offered) + (1.0 - spare)))
}

/// The same distance from saturation with no more than [`EXACT`] servers.
fn at_most_exact(servers: f64, offered: f64) -> (f64, f64) {
    if servers <= EXACT {
        return (servers, offered);
    }
    let distance = (servers - offered) / servers.sqrt();
    (EXACT, EXACT - distance * EXACT.sqrt())
}

/// One over Erlang's B. The recurrence `1/B(n) = 1 + n/a x 1/B(n-1)` written out from its end, `1 + c/a + c(c-1)/a^2 + ..`:
/// near saturation all but some multiple of `sqrt(c)` terms are nothing, far from it the sum soon exceeds every float.
fn inverse_erlang_b(servers: f64, offered: f64) -> f64 {
    let (mut sum, mut term, mut left) = (1.0, 1.0, servers);
    while left > 0.0 && sum < f64::MAX {
        term *= left / offered;
        sum += term;
        left -= 1.0;
        if left < offered && term < sum * f64::EPSILON / servers {
            break;
        }
    }
    sum
}

/// Servers in parallel behind one queue.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Station {
    /// How many requests are served at the same time.
    pub servers: u64,
    /// What all servers together serve, requests a second.
    pub capacity: f64,
    /// What arrives, requests a second.
    pub rate: f64,
}

impl Station {
    /// What arrives as a share of what can be served; above 1 in overload, infinite where something arrives and nothing
    /// can be served.
    #[must_use]
    pub fn utilisation(&self) -> f64 {
        if self.rate <= 0.0 {
            return 0.0;
        }
        self.rate / self.capacity.max(0.0)
    }

    /// The probability that a request has to wait; `None` at or above saturation.
    #[must_use]
    pub fn waits(&self) -> Option<f64> {
        if self.rate > 0.0 && self.rate >= self.capacity {
            return None;
        }
        #[expect(
            clippy::cast_precision_loss,
            reason = "beyond 2^53 servers one more or less is nothing"
        )]
        let servers = self.servers as f64;
        erlang_c(self.servers, self.utilisation() * servers)
    }

    /// Capacity less rate, a second: the waiting time of those who wait is exponential with this rate (Kleinrock, section
    /// 3.8, and exercise 5.23 for its distribution). Not above zero in overload.
    #[must_use]
    pub fn drain(&self) -> f64 {
        self.capacity - self.rate.max(0.0)
    }

    /// The probability that a request has to wait, and the mean time that those wait who do, in seconds; `None` at or above
    /// saturation.
    #[must_use]
    pub fn wait(&self) -> Option<(f64, f64)> {
        Some((self.waits()?, 1.0 / self.drain()))
    }
}

/// The expected number of attempts where a failed one is followed by another, up to `retries` times, and each fails with
/// probability `failure`: `1 + f + .. + f^R = (1 - f^(R+1)) / (1 - f)`. No number counts as no failure.
#[must_use]
pub fn attempts(retries: u64, failure: f64) -> f64 {
    let failure = if failure > 0.0 { failure.min(1.0) } else { 0.0 };
    let count = retries.saturating_add(1);
    // By doubling, since the closed form loses its digits where failure is all but certain.
    let (mut sum, mut power) = (1.0, failure);
    for bit in (0..count.ilog2()).rev() {
        sum += power * sum;
        power *= power;
        if count >> bit & 1 == 1 {
            sum = 1.0 + failure * sum;
            power *= failure;
        }
    }
    sum
}

/// The share of requests that is lost for good in overload, in the steady state: what arrives above the capacity, as a
/// share of what arrives, `1 - 1/u`.
#[must_use]
pub fn loss(utilisation: f64) -> f64 {
    if utilisation > 1.0 {
        1.0 - 1.0 / utilisation
    } else {
        0.0
    }
}
