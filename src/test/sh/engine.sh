# A Docker engine and a base image where there are none; read by docker.sh, whose words it uses.

has() {
    command -v "$1" >/dev/null 2>&1
}

# Installs packages, or says in one sentence who should.
install() {
    what=$1
    shift
    has apt-get || fail 2 "$what is missing; install it, on Debian with: apt-get install $*"
    [ "$(id -u)" = 0 ] || fail 2 "$what is missing; install it with: sudo apt-get install $*"
    say "installing $what"
    {
        limited "$INSTALL" apt-get -o DPkg::Lock::Timeout=300 update &&
            limited "$INSTALL" env DEBIAN_FRONTEND=noninteractive \
                apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends "$@"
    } >>"$data/install.log" 2>&1 ||
        fail 2 "$what cannot be installed (see target/docker/install.log); try: apt-get install $*"
}

need_programs() {
    has curl || install "curl" curl
    if ! has docker; then
        # Newer releases have the client in a package of its own.
        if apt-cache show docker-cli >/dev/null 2>&1; then
            install "Docker" docker.io docker-cli
        else
            install "Docker" docker.io
        fi
    fi
    if docker compose version >/dev/null 2>&1; then
        composer="docker compose"
    else
        has docker-compose || install "Docker Compose" docker-compose
        composer=docker-compose
    fi
}

engine_answers() {
    limited "$ASK" docker version --format '{{.Server.Version}}' >/dev/null 2>&1
}

need_engine() {
    ! engine_answers || return 0
    [ -z "${DOCKER_HOST:-}" ] || fail 2 "no Docker engine answers at $DOCKER_HOST (DOCKER_HOST)"
    [ "$(id -u)" = 0 ] ||
        fail 2 "no Docker engine answers this user; start one, join the group docker, or use sudo"
    has dockerd || install "the Docker engine" docker.io
    # Where a package starts its service there is one now.
    ! engine_answers || return 0
    end_stale_engine
    echo "$scratch" >"$data/scratch"
    DOCKER_HOST=unix://$scratch/docker.sock
    export DOCKER_HOST
    # Containers reach each other over a bridge, and published ports go through a proxy program:
    # neither needs the firewall. An interrupt of the terminal is for this script, not for it.
    setsid dockerd --bridge=none --iptables=false --ip6tables=false --ip-forward=false \
        --ip-masq=false --data-root "$data/lib" --exec-root "$scratch/run" \
        --pidfile "$data/engine.pid" -H "$DOCKER_HOST" >"$data/engine.log" 2>&1 9>&- &
    engine=$!
    begin
    until engine_answers; do
        if ! kill -0 "$engine" 2>/dev/null || [ "$(elapsed)" -gt "$START_ENGINE" ]; then
            tail -n 5 "$data/engine.log" >&2
            fail 1 "the engine does not start; its output is in target/docker/engine.log"
        fi
        sleep 1
    done
    say "engine started"
    # What a run left whose script was killed too hard to take it down.
    remove "ps -aq" "rm -fv"
    remove "network ls -q --filter type=custom" "network rm"
    remove "volume ls -q" "volume rm"
}

# An engine of this script's whose script was killed too hard to end it.
end_stale_engine() {
    stale=$(cat "$data/engine.pid" 2>/dev/null) || return 0
    if tr '\0' ' ' <"/proc/$stale/cmdline" 2>/dev/null | grep -q "dockerd .*$data/lib "; then
        end_engine "$stale"
    fi
    rm -f "$data/engine.pid"
    left=$(cat "$data/scratch" 2>/dev/null) || return 0
    case $left in
        */qiki-docker.??????) clear_scratch "$left" ;;
    esac
}

# Ends an engine, and with it what it runs and has mounted.
end_engine() {
    kill "$1" 2>/dev/null || true
    begin
    while kill -0 "$1" 2>/dev/null; do
        [ "$(elapsed)" -le "$START_ENGINE" ] || kill -9 "$1" 2>/dev/null || true
        sleep 1
    done
}

# Removes a directory of scratch; debootstrap and an engine that had to be killed leave mounts.
clear_scratch() {
    cut -d ' ' -f 2 /proc/mounts | grep -e "^$1/" -e "^$data/lib" | sort -r |
        while read -r mount; do
            umount "$mount" 2>/dev/null || true
        done
    rm -rf --one-file-system "$1"
}

# The first package source of the host.
source_of() {
    apt-get indextargets --format "$1" | head -n 1
}

# What cannot be pulled is made of Debian itself, with the host's package settings but without its
# passwords, under the name that the Dockerfile asks for.
need_base() {
    ! docker image inspect "$base" >/dev/null 2>&1 || return 0
    ! limited "$PULL" docker pull "$base" >"$data/pull.log" 2>&1 || return 0
    case $base in
        debian:12*) release=bookworm ;;
        debian:13*) release=trixie ;;
        *) fail 1 "$base cannot be pulled; see target/docker/pull.log" ;;
    esac
    [ "$(id -u)" = 0 ] || fail 2 "$base cannot be pulled, and only root can make it"
    has debootstrap || install "debootstrap" debootstrap
    say "$base cannot be pulled, making it with debootstrap (minutes)"
    root=$scratch/base
    step "debootstrap" "$MAKE_BASE" debootstrap --variant=minbase "$release" "$root" \
        "${QIKI_DEBIAN_MIRROR:-$(source_of '$(REPO_URI)')}"
    set -- /etc/apt/apt.conf.d /etc/ssl/certs/ca-certificates.crt /usr/local/share/ca-certificates
    if [ "$(source_of '$(CODENAME)')" = "$release" ]; then
        set -- "$@" /etc/apt/sources.list /etc/apt/sources.list.d /etc/apt/keyrings
    fi
    for settings in "$@"; do
        [ -e "$settings" ] || continue
        mkdir -p "$root$(dirname "$settings")"
        cp -aL "$settings" "$root$(dirname "$settings")/" 2>/dev/null || true
    done
    rm -rf "$root"/var/cache/apt/archives/*.deb "$root"/var/lib/apt/lists/*
    step "packing the base" "$BUILD" tar -C "$root" --one-file-system -cf "$scratch/base.tar" .
    step "importing the base" "$BUILD" docker import --change 'CMD ["bash"]' \
        --message "debootstrap $release" "$scratch/base.tar" "$base"
    rm -rf --one-file-system "$root" "$scratch/base.tar"
}
