FROM rust:1.89-slim AS build
WORKDIR /src
COPY . .
RUN cargo build --profile dist --locked

FROM debian:stable-slim
# git is what --since asks.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends git \
    && rm -rf /var/lib/apt/lists/*
COPY --from=build /src/target/dist/sysdrill /usr/local/bin/sysdrill
USER nobody
WORKDIR /designs
ENTRYPOINT ["sysdrill"]
