#!/bin/sh
# Proves the containers: builds both images, brings docker-compose.yml up, breaks it, sees it
# recover, and takes it all down. Usage: ./qiki test --docker; exit 0: everything was seen.
#
# The engine that answers is used. Without one, root gets an engine of this script's own: its
# images stay in target/docker, it touches neither firewall nor default bridge, and it ends with
# the script. COMPOSE_FILE names other compose files, QIKI_BASE another base.
set -eu

home=$(CDPATH= cd -- "$(dirname -- "$0")/../../.." && pwd -P)
base=${QIKI_BASE:-debian:12-slim}
project=qiki-test-$$
data=$home/target/docker
scratch=
engine=
child=
# Whose HTTP has to show the agent's state.
watched="agent dashboard"

PATH=$PATH:/usr/sbin:/sbin
COMPOSE_FILE=${COMPOSE_FILE:-docker-compose.yml}
QIKI_TAG=test QIKI_PORT=0 QIKI_AGENT_PORT=0 QIKI_SIMULATOR_PORT=0
export PATH COMPOSE_FILE QIKI_TAG QIKI_PORT QIKI_AGENT_PORT QIKI_SIMULATOR_PORT

# The most seconds that a step may take.
PULL=180
INSTALL=900
MAKE_BASE=1200
BUILD=900
START_ENGINE=60
UP=240
REACH_STATE=90
DOWN=120
ASK=20

say() {
    printf 'docker: %s\n' "$*"
}

fail() {
    code=$1
    shift
    printf 'docker: %s\n' "$*" >&2
    exit "$code"
}

# Runs a program for so many seconds at most. It runs beside this shell, which so hears signals.
limited() {
    limit=$1
    shift
    timeout -k 10 "$limit" "$@" 9>&- &
    child=$!
    code=0
    wait "$child" || code=$?
    child=
    return "$code"
}

# The same for a named step, with its output in a file; shows the end of that when it fails.
step() {
    what=$1
    shift
    limited "$@" >"$data/step.log" 2>&1 || {
        tail -n 20 "$data/step.log" >&2
        fail 1 "$what failed, or took more than $1 s; the whole output is in target/docker/step.log"
    }
}

# Removes what a listing names, if anything: what to list, how to remove it.
remove() {
    # shellcheck disable=SC2086
    found=$(docker $1 2>/dev/null) && [ -n "$found" ] || return 0
    # shellcheck disable=SC2086
    docker $2 $found >/dev/null 2>&1 || true
}

. "$home/src/test/sh/engine.sh"

# Builds the image qiki-$2 from a target of the Dockerfile.
build_image() {
    target=$1
    image=qiki-$2:$QIKI_TAG
    set -- --build-arg "BASE=$base" --label "io.qiki.test=docker.sh"
    for proxy in http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY; do
        [ -z "$(printenv $proxy)" ] || set -- "$@" --build-arg "$proxy"
    done
    step "building $image" "$BUILD" \
        docker build --network host --target "$target" -t "$image" "$@" "$home"
    say "image $image built"
}

compose() {
    limit=$1
    shift
    # shellcheck disable=SC2086
    limited "$limit" $composer -p "$project" "$@"
}

check_compose_file() {
    if ! compose "$ASK" config -q >"$data/step.log" 2>&1 || [ -s "$data/step.log" ]; then
        cat "$data/step.log" >&2
        fail 1 "'$composer config' is not content with $COMPOSE_FILE"
    fi
    say "'$composer config' is clean"
}

begin() {
    begun=$(date +%s)
}

elapsed() {
    echo $(($(date +%s) - begun))
}

# The container of a service.
container() {
    docker ps -aq --filter "label=com.docker.compose.project=$project" \
        --filter "label=com.docker.compose.service=$1"
}

inspect() {
    docker inspect -f "$2" "$(container "$1")"
}

address() {
    inspect "$1" '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}'
}

# What the HTTP of a service says of the first twin, on this machine's side of its port.
twin() {
    port=$(docker port "$(container "$1")" 8080 2>/dev/null | head -n 1)
    curl -s --max-time 5 "http://$port/api/v1/twins/qiki-1/state" || true
}

# The state there, with the reason of a SAFE_MODE.
state() {
    told=$(twin "$1")
    set -- "$(printf %s "$told" | grep -o '"state":"[A-Z_]*"' | head -n 1 | cut -d '"' -f 4)" \
        "$(printf %s "$told" | grep -o '"safe_mode_reason":"[A-Z_]*"' | cut -d '"' -f 4)"
    echo "$1${2:+ $2}"
}

tick() {
    twin "$1" | grep -o '"tick":[0-9]*' | head -n 1 | cut -d : -f 2
}

# Waits until everyone who is watched tells this state, and says how long it took since `begin`.
await_state() {
    for service in $watched; do
        until [ "$(state "$service")" = "$1" ]; do
            [ "$(elapsed)" -le "$REACH_STATE" ] ||
                fail 1 "$service tells '$(state "$service")' and not '$1' after $REACH_STATE s"
            sleep 0.3
        done
    done
    say "$1${2:+ $2} after $(elapsed) s"
}

await_healthy() {
    for service in "$@"; do
        until [ "$(inspect "$service" '{{.State.Health.Status}}')" = healthy ]; do
            [ "$(elapsed)" -le "$REACH_STATE" ] ||
                fail 1 "$service is not healthy after $REACH_STATE s"
            sleep 1
        done
    done
}

check_confined() {
    for service in nats simulator agent dashboard; do
        # shellcheck disable=SC2016
        found=$(docker exec "$(container "$service")" sh -c '
            [ "$(id -u)" != 0 ] || echo "runs as root"
            grep -q "^[^ ]* / [^ ]* ro," /proc/mounts || echo "can write to its root"
            grep -q "^CapEff:[[:space:]]*0*$" /proc/1/status || echo "has capabilities"
            grep -q "^NoNewPrivs:[[:space:]]*1$" /proc/1/status || echo "may gain privileges"
        ') || fail 1 "$service cannot be looked into"
        [ -z "$found" ] || fail 1 "$service $found"
        limits=$(inspect "$service" '{{.HostConfig.Memory}} {{.HostConfig.NanoCpus}}')
        case $limits in
            0\ * | *\ 0) fail 1 "$service has no limit of memory or processor: $limits" ;;
        esac
    done
    say "no root, no capability, a root that cannot be written, limits in place"
}

# The simulator dies, and comes back to another address.
lose_simulator() {
    was=$(address simulator)
    docker kill "$(container simulator)" >/dev/null
    begin
    say "simulator killed"
    await_state "SAFE_MODE PROVIDER_UNAVAILABLE"
    step "taking its address" "$ASK" docker run -d --rm --label "io.qiki.test=$project" \
        --network "${project}_default" --entrypoint sleep "qiki-nats:$QIKI_TAG" 600
    docker start "$(container simulator)" >/dev/null
    begin
    say "simulator started, $was before, $(address simulator) now"
    await_state ACTIVE again
}

# The simulator's process ends, and nobody does anything about it.
let_simulator_end() {
    docker exec "$(container simulator)" sh -c 'kill -TERM 1'
    begin
    say "simulator terminated from inside"
    await_state "SAFE_MODE PROVIDER_UNAVAILABLE"
    await_state ACTIVE again
    restarts=$(inspect simulator '{{.RestartCount}}')
    [ "$restarts" = 1 ] || fail 1 "the policy restarted the simulator $restarts times, not once"
    say "simulator restarted by its policy"
}

# The agent does not need NATS.
lose_nats() {
    docker kill "$(container nats)" >/dev/null
    say "nats killed"
    before=$(tick agent)
    sleep 5
    after=$(tick agent)
    [ "$after" -gt $((before + 20)) ] && [ "$(state agent)" = ACTIVE ] ||
        fail 1 "without NATS the agent is $(state agent), tick $before and 5 s later $after"
    say "ACTIVE without nats, tick $before and 5 s later $after"
    docker start "$(container nats)" >/dev/null
    begin
    await_healthy nats
    await_state ACTIVE "with nats again"
    before=$(tick dashboard)
    until [ "$(tick dashboard)" -gt "$before" ]; do
        [ "$(elapsed)" -le "$REACH_STATE" ] || fail 1 "the dashboard stands at tick $before"
        sleep 0.5
    done
    say "the dashboard goes on after $(elapsed) s"
}

# Takes down what this script brought up, also what compose did not get to know or cannot remove.
take_down() {
    [ -n "${composer:-}" ] && engine_answers || return 0
    label=label=com.docker.compose.project=$project
    remove "ps -aq --filter label=io.qiki.test=$project" "rm -fv"
    compose "$DOWN" down --volumes --remove-orphans >"$data/down.log" 2>&1 || true
    remove "ps -aq --filter $label" "rm -fv"
    remove "network ls -q --filter $label" "network rm"
    remove "volume ls -q --filter $label" "volume rm"
    # Images whose name a newer build has taken.
    docker image prune -f --filter label=io.qiki.test=docker.sh >/dev/null 2>&1 || true
    left=$(
        docker ps -aq --filter "$label"
        docker network ls -q --filter "$label"
        docker volume ls -q --filter "$label"
    )
    if [ -z "$left" ]; then
        say "all down"
    else
        say "left behind (see target/docker/down.log):" $left
    fi
}

# Keeps what the containers said, takes down, ends the engine if it is ours.
clean_up() {
    result=$?
    trap - EXIT
    trap '' INT TERM HUP
    set +e
    [ -z "$child" ] || { kill "$child" && wait "$child"; } 2>/dev/null || true
    if [ "$result" != 0 ] && [ -n "${composer:-}" ]; then
        compose "$ASK" logs --no-color --tail 100 >"$data/containers.log" 2>&1 || true
    fi
    take_down
    if [ -n "$engine" ]; then
        end_engine "$engine"
        say "engine ended"
    fi
    clear_scratch "$scratch"
    rm -f "$data/scratch"
    exit "$result"
}

[ $# = 0 ] || fail 2 "test --docker takes no argument, not '$1'"
cd "$home"
mkdir -p "$data" 2>/dev/null && [ -w "$data" ] || fail 2 "$data cannot be written"
exec 9>"$data/lock"
! has flock || flock -n 9 || fail 2 "another ./qiki test --docker is running in this checkout"
scratch=$(mktemp -d "${TMPDIR:-/tmp}/qiki-docker.XXXXXX")
trap clean_up EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

need_programs
check_compose_file
limited "$BUILD" "$home/qiki" build
need_engine
need_base
build_image nats nats
build_image qiki dtmp

begin
step "bringing the containers up" "$UP" $composer -p "$project" up -d --no-build
await_healthy nats simulator agent dashboard
say "four containers are up and healthy after $(elapsed) s"
await_state ACTIVE
check_confined
lose_simulator
let_simulator_end
lose_nats
say "everything was seen"
