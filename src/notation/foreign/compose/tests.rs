//! Compose files, and what is drawn of them.

use super::*;
use crate::notation::foreign::shown;

fn drawn_of(text: &str) -> Vec<String> {
    shown::drawn(text, read, |diagram| {
        let boxes = diagram.boxes.iter().map(|shape| {
            let hint = shape.hint.as_deref().unwrap_or("-");
            format!("{} {hint} {}", shape.name, shape.copies)
        });
        let arrows = shown::arrows(diagram, |shape| shape.name.clone());
        boxes.chain(arrows).collect()
    })
}

#[test]
fn services_are_joined_by_what_they_need_and_whom_they_are_told_of() {
    let text = "x-app: &app\n  build: .\n  environment:\n    - DB_URL=postgres://u:p@links-db/app\n    - SELF=http://api:80\n\
        services:\n  api:\n    <<: *app\n    depends_on: [cache, migrate]\n    deploy: {replicas: 3}\n  worker:\n    image: ${REG}/team/worker:${TAG:-1}\n\
        \x20   depends_on:\n      queue: {condition: service_healthy}\n      load: {condition: service_completed_successfully}\n    command: [run, --api, 'api:80']\n\
        \x20 cache:\n    image: valkey/valkey:8\n  queue: {image: \"rabbitmq:3@sha256:0\", container_name: mq}\n  links-db: {image: postgres}\n\
        \x20 migrate: {image: flyway}\n  load: {build: ./load}\n  side:\n    image: envoy\n    network_mode: service:api\n    links: [\"queue:q\"]\n    environment: {MQ_HOST: mq}\n";
    assert!(is_one(text));
    assert_eq!(
        drawn_of(text),
        [
            "api - 3",
            "worker worker 1",
            "cache valkey 1",
            "queue rabbitmq 1",
            "links-db postgres 1",
            "side envoy 1",
            "api -> cache",
            "api -> links-db",
            "worker -> queue",
            "worker -> api",
            "side -> queue",
            "side -> api",
            "! `migrate` is left out: it runs once and ends",
            "! `load` is left out: it runs once and ends",
        ]
    );
}

#[test]
fn what_is_no_yaml_is_told() {
    let told = drawn_of("services:\n  a: [image\n");
    assert!(
        told.first()
            .is_some_and(|line| line.starts_with("! not YAML")),
        "{told:?}"
    );
    assert_eq!(drawn_of("services: {}\n"), [""; 0]);
    assert_eq!(drawn_of("services:\n  - a\n  - b: {image: x}\n"), [""; 0]);
}
