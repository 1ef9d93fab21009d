//! Designs to measure with: some 35 components and 6.6 KB each, no two alike.

use std::fmt::Write as _;

/// A design of some 35 components, different for each number.
#[expect(
    clippy::too_many_lines,
    clippy::indexing_slicing,
    reason = "one long text with words from short lists"
)]
pub fn design(number: usize) -> String {
    let mut text = String::from("sysdrill: 1\n");
    let pick = |salt: usize, of: usize| (number * 31 + salt * 17) % of;
    let _ = writeln!(
        text,
        "title: Generated design {number}\nauthor: bench-{number}\nlevel: {}",
        ["mid", "senior", "staff"][pick(1, 3)]
    );
    if number.is_multiple_of(2) {
        text.push_str("problem: url-shortener\n");
    }
    text.push_str(REQUIREMENTS);
    let _ = writeln!(
        text,
        "estimates:\n  write_qps: {}M/month\n  read_qps: {{value: write_qps * {}, peak: 3x}}\n  storage_5y: {}M/month * 500 B * 5 years",
        10 + pick(2, 200),
        10 + pick(3, 200),
        10 + pick(4, 100)
    );
    text.push_str("components:\n  web: client\n  edge: cloudfront\n  lb: {tech: aws alb, zones: 2, replicas: 2}\n");
    let stores = ["postgres", "cassandra", "mysql", "mongodb", "dynamodb"];
    for i in 0..13 {
        let _ = writeln!(
            text,
            "  svc{i}: {{kind: service, replicas: {}, zones: {}, stateless: yes, capacity: {}/s}}",
            1 + pick(i, 6),
            1 + pick(i, 3),
            500 + 100 * pick(i, 20)
        );
        if i % 2 == 0 {
            let _ = writeln!(
                text,
                "  db{i}: {{tech: {}, replicas: {}, zones: 3, failover: automatic, partition_key: user_id}}",
                stores[pick(i, 5)],
                1 + pick(i + 3, 4)
            );
            let _ = writeln!(
                text,
                "  cache{i}: {{tech: redis, replicas: 2, strategy: cache_aside, eviction: lru, ttl: {}h, hit_ratio: 9{}%}}",
                1 + pick(i, 48),
                pick(i, 9)
            );
        }
    }
    text.push_str("  events: {tech: kafka, replicas: 3, partitions: 24, delivery: at_least_once, dead_letter: yes}\n  worker: {kind: worker, replicas: 2}\n  stats: {tech: clickhouse, replicas: 2}\nconnections:\n  - web -> edge -> lb\n");
    for i in 0..13 {
        let _ = writeln!(
            text,
            "  - lb -> svc{i}: {{protocol: https, timeout: {}ms, retries: {}}}",
            100 + pick(i, 900),
            pick(i, 3)
        );
        let even = i - i % 2;
        let _ = writeln!(
            text,
            "  - svc{i} -> cache{even}\n  - svc{i} -> db{even}: {{on_miss: cache{even}, timeout: 50ms}}"
        );
    }
    text.push_str("  - svc0 ~> events ~> worker -> stats\n");
    let _ = writeln!(
        text,
        "flows:\n  read: {{path: [web -> edge -> lb -> svc0 -> cache0, svc0 -> db0], kind: read, rate: {}/s, latency: 100ms, availability: 99.9%}}\n  write: {{path: web -> lb -> svc2 -> db2, kind: write, rate: {}/s}}",
        100 * (1 + pick(5, 100)),
        1 + pick(6, 50)
    );
    text.push_str(REST);
    text
}

const REQUIREMENTS: &str = "\
requirements:
  functional:
    - Shorten a long URL to a short code
    - Redirect a short code to the long URL
    - Show the owner how often a link was clicked
  non_functional:
    - Redirects answer in under 100 ms at p99
    - Redirects are 99.99% available; creation may lag
  out_of_scope: [user accounts, billing]
  questions:
    - What is the read to write ratio?
    - How long do links live?
  assumptions: {new_urls: 100M/month, read_write_ratio: 100:1, record_size: 500 B, retention: 5 years}
";

const REST: &str = "\
api:
  - POST /v1/urls {long_url} -> 201 {short_url} | 400 | 429
  - GET /{code} -> 302 | 404
  - GET /v1/urls/{code}/stats?cursor= -> 200 {days, next_cursor}
data:
  url: {store: db0, key: short_code, fields: [short_code, long_url, owner_id, created_at, expires_at]}
  click: {store: stats, key: [short_code, day], fields: [short_code, day, count]}
decisions:
  - {topic: redirect status, choice: 302, over: 301, because: browsers keep a 301 and clicks would go uncounted}
  - {topic: short code, choice: base62 of a Snowflake id, over: hash and retry, because: no check for collisions on write}
  - {topic: store, choice: a wide-column store, over: a relational one, because: it takes writes on every node and needs no joins}
answers:
  hot keys: The links that everybody clicks stay in the CDN and in a local cache of each api instance for some seconds
  monitoring: RED metrics of each flow in Prometheus, traces by OpenTelemetry, alerts on the burn rate of the SLO
  failure of the cache: Requests fall through to the store behind a limit on concurrency, and misses for one key are joined
  growth: At ten times the load the services scale out, and the store gets more nodes; the stream has partitions to spare
";
