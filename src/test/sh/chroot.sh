#!/bin/sh
# Proves that a bare Debian is enough: makes a minimal chroot with nothing but a clone of this
# checkout and the host's package settings, and runs the program and its tests there.
# Usage: src/test/sh/chroot.sh [DIRECTORY]; needs root and debootstrap. Exit 0: both passed.
set -eu

home=$(CDPATH= cd -- "$(dirname -- "$0")/../../.." && pwd -P)
[ "$(id -u)" = 0 ] || { echo "chroot.sh: needs root" >&2; exit 2; }
command -v debootstrap >/dev/null || {
    echo "chroot.sh: needs debootstrap; install it with: apt-get install debootstrap" >&2
    exit 2
}
root=${1:-$(mktemp -d /tmp/qiki-chroot.XXXXXX)}

# The host's own first package source and release.
source_of() {
    apt-get indextargets --format "$1" | head -n 1
}
mirror=${QIKI_DEBIAN_MIRROR:-$(source_of '$(REPO_URI)')}
release=${QIKI_DEBIAN_RELEASE:-$(source_of '$(RELEASE)')}

# Nothing of the host is mounted but proc: debootstrap makes the devices itself, so that deleting
# the chroot deletes nothing else.
cleanup() {
    umount "$root/proc" 2>/dev/null || true
    echo "chroot.sh: the chroot is left in $root" >&2
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

debootstrap --variant=minbase "$release" "$root" "$mirror"
for settings in /etc/apt/sources.list /etc/apt/sources.list.d /etc/apt/apt.conf.d \
    /etc/apt/auth.conf.d /etc/apt/keyrings /etc/ssl/certs /usr/local/share/ca-certificates \
    /etc/maven /etc/resolv.conf /etc/hosts; do
    [ -e "$settings" ] || continue
    mkdir -p "$root$(dirname "$settings")"
    cp -aL "$settings" "$root$(dirname "$settings")/" 2>/dev/null || true
done
if [ -e "$HOME/.m2/settings.xml" ]; then
    mkdir -p "$root/root/.m2"
    cp "$HOME/.m2/settings.xml" "$root/root/.m2/"
fi
git clone -q "$home" "$root/qiki"
mount -t proc proc "$root/proc"
mkdir -p "$root/dev/shm"
chmod 1777 "$root/dev/shm"

inside() {
    env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 \
        http_proxy="${http_proxy:-}" https_proxy="${https_proxy:-}" no_proxy="${no_proxy:-}" \
        HTTP_PROXY="${HTTP_PROXY:-}" HTTPS_PROXY="${HTTPS_PROXY:-}" NO_PROXY="${NO_PROXY:-}" \
        MAVEN_OPTS="${MAVEN_OPTS:-}" MAVEN_ARGS="${MAVEN_ARGS:-}" \
        ${JAVA_TOOL_OPTIONS:+"JAVA_TOOL_OPTIONS=$JAVA_TOOL_OPTIONS"} \
        chroot "$root" /bin/sh -c "cd /qiki && $1"
}

inside './qiki run --for 20s'
inside './qiki test'
echo "chroot.sh: run and test passed in $root"
