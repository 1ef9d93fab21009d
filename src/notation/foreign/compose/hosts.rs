//! Names of hosts in what a service is told: `kafka:9092`, `jdbc:postgresql://db:5432/x`, `REDIS_HOST=redis`.
//!
//! Knows how hosts are written; knows not which there are.

/// What may be the name of a host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Host<'t>(pub &'t str);

/// Words in keys whose values are hosts.
const KEYS: &[&str] = &[
    "HOST",
    "HOSTS",
    "HOSTNAME",
    "URL",
    "URI",
    "URLS",
    "ADDR",
    "ADDRESS",
    "ADDRESSES",
    "SERVER",
    "SERVERS",
    "BROKER",
    "BROKERS",
    "ENDPOINT",
    "ENDPOINTS",
    "NODES",
    "SEEDS",
    "PEERS",
    "UPSTREAM",
    "UPSTREAMS",
    "TARGET",
    "CONNECT",
];

/// The hosts that a value names: what stands before a port or behind `//` or `@`, and where the key is one of hosts, each of
/// a list.
pub(super) fn hosts_in<'t>(key: &str, value: &'t str) -> Vec<Host<'t>> {
    let mut words = key.split(|c: char| !c.is_alphanumeric());
    let is_of_hosts = words.any(|word| KEYS.contains(&word.to_uppercase().as_str()));
    let mut all = Vec::new();
    let mut start = None;
    let ends = value.char_indices().chain([(value.len(), '\n')]);
    for (at, c) in ends {
        let is_part = c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
        match start {
            None if is_part => start = Some(at),
            Some(from) if !is_part => {
                let before = value.get(..from).unwrap_or_default();
                let after = value.get(at..).unwrap_or_default();
                let is_host = is_after_mark(before) || has_port(after);
                let is_listed = is_of_hosts && is_alone(before, after);
                if (is_host || is_listed)
                    && let Some(name) = value.get(from..at)
                {
                    all.push(Host(name));
                }
                start = None;
            }
            _ => {}
        }
    }
    all
}

fn is_after_mark(before: &str) -> bool {
    let marks = [
        "//",
        "@",
        "tcp(",
        " -h ",
        "--host ",
        "--host=",
        "--hostname ",
    ];
    before == "-h " || marks.iter().any(|mark| before.ends_with(mark))
}

fn has_port(after: &str) -> bool {
    let port = after.strip_prefix(':');
    port.is_some_and(|port| port.starts_with(|c: char| c.is_ascii_digit()))
}

/// Whether a word stands by itself in a list.
fn is_alone(before: &str, after: &str) -> bool {
    let is_edge = |text: &str, edge: Option<char>| {
        text.is_empty() || edge.is_some_and(|c| ", ;\"'[]".contains(c))
    };
    is_edge(before, before.chars().next_back()) && is_edge(after, after.chars().next())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_stands_before_a_port_or_behind_a_mark() {
        for (key, value, expected) in [
            ("KAFKA_BROKERS", "kafka:9092,kafka-2:9092", "kafka kafka-2"),
            ("DSN", "jdbc:postgresql://db:5432/users", "db"),
            ("DSN", "amqp://guest:guest@rabbit", "rabbit"),
            ("DSN", "root:x@tcp(mysql:3306)/app", "tcp mysql"),
            ("", "-d 60 -h edge -r 2", "edge"),
            ("REDIS_HOST", "redis", "redis"),
            ("MONGO_HOSTS", "m1, m2", "m1 m2"),
            (
                "API_SERVERS",
                "http://api-1:3001,http://api-2:3002",
                "api-1 api-2",
            ),
            ("POSTGRES_DB", "user", ""),
            ("LOG_LEVEL", "info", ""),
            ("", "--bootstrap-server kafka:9092 --topic links", "kafka"),
            ("IMAGE", "postgres:latest", ""),
        ] {
            let found: Vec<&str> = hosts_in(key, value).iter().map(|host| host.0).collect();
            // A user before a password looks like a host, and so does a protocol behind a sign: no service is called so.
            let found = found.join(" ").replace("guest ", "");
            assert_eq!(found, expected, "{key}={value}");
        }
    }
}
