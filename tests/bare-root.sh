#!/bin/sh
# bare-root.sh - README's two commands where nothing is installed: in a bare Debian root that debootstrap makes, in a clone of what is
# committed. `make check-bare-root` runs it; it needs root, takes some minutes and fetches about 150 MB from this machine's own mirror
# (MIRROR, SUITE and ARCH, such as i386, name another). All happens in a mount and process namespace of its own, so that nothing is left behind however it ends.
set -u
LC_ALL=C
export LC_ALL
unset CDPATH

say() {
    printf 'bare-root: %s\n' "$*"
}
lacks() {
    say "skipped: $*"
    exit 77
}

# --- inside the namespaces: inside ROOT REPOSITORY SUITE MIRROR --------------------------------------

# What failed, with the end of what it said.
failed() {
    tail -n 40 "$1" | sed 's/^/  | /'
    for test in $(sed -n 's/^FAIL: *//p' "$1"); do
        say "$test:"
        tail -n 30 "$root/root/actlab/build/$test.log" | sed 's/^/  | /'
    done
    say "FAILED: $2"
    exit 1
}
# Nothing of this machine's environment but the way to the mirror.
in_root() {
    env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root TERM=xterm \
        ${http_proxy:+"http_proxy=$http_proxy"} ${https_proxy:+"https_proxy=$https_proxy"} chroot "$root" "$@"
}
inside() {
    root=$1/root log=$1/log
    debootstrap ${ARCH:+"--arch=$ARCH"} --variant=minbase "$3" "$root" "$4" >"$log" 2>&1 || failed "$log" "debootstrap $3 from $4"
    mount -t proc proc "$root/proc" && mount -t tmpfs tmpfs "$root/dev/shm" &&
        mount -t devpts -o newinstance,ptmxmode=0666 devpts "$root/dev/pts" || exit 1
    ln -sf pts/ptmx "$root/dev/ptmx"
    for tool in cc make git autoconf pkg-config; do
        in_root sh -c "command -v $tool" && say "FAILED: the root is not bare: it has $tool" && exit 1
    done
    git clone -q "$2" "$root/root/actlab" || exit 1
    say "a bare Debian $(cat "$root/etc/debian_version") stands, with a clone of $(git -C "$2" rev-parse --short HEAD)"

    began=$(date +%s)
    got=$(in_root sh -c 'cd /root/actlab && ./bootstrap run eval sigmoid 0' 2>"$log") || failed "$log" "./bootstrap run eval sigmoid 0"
    [ "$got" = '0 0.5 0.25' ] || failed "$log" "./bootstrap run eval sigmoid 0 printed '$got'"
    first=$(($(date +%s) - began))
    say "./bootstrap run eval sigmoid 0 printed '$got' after $first s"

    began=$(date +%s)
    in_root sh -c 'cd /root/actlab && ./bootstrap check' </dev/null >"$log" 2>&1 || failed "$log" "./bootstrap check"
    passed=$(sed -n 's/^# PASS: *//p' "$log")
    skipped=$(sed -n 's/^# SKIP: *//p' "$log")
    [ "${passed:-0}" -gt 40 ] || failed "$log" "./bootstrap check ran ${passed:-no} tests"
    sed -n 's/^SKIP: /bare-root: skipped there: /p' "$log"
    echo "tried: distribution | README's two commands in a bare Debian $(cat "$root/etc/debian_version")${ARCH:+ for $ARCH} | first number after $first s;" \
        "$passed tests passed, ${skipped:-0} skipped, after $(($(date +%s) - began)) s more"
}
if [ "${1-}" = --inside ]; then
    shift
    inside "$@"
    exit
fi

# --- outside ---------------------------------------------------------------------------------------

repository=$(cd "${srcdir:-.}" && pwd -P) || exit 1
[ "$(id -u)" -eq 0 ] || lacks "a root can be made by root only: sudo make check-bare-root"
for tool in debootstrap git unshare chroot; do
    command -v $tool >/dev/null || lacks "$tool is not installed"
done
unshare --mount --pid --fork --kill-child true 2>/dev/null || lacks "this system gives no namespaces (unshare --mount --pid)"
git -C "$repository" rev-parse -q --verify HEAD >/dev/null 2>&1 || lacks "$repository is no clone of the repository"
[ -z "$(git -C "$repository" status --porcelain)" ] || say "what is not committed is not tried"

# This machine's Debian and the mirror that it is kept up from.
own=$(apt-get indextargets --format '$(CODENAME) $(REPO_URI)' 'Created-By: Packages' 'Origin: Debian' 'Component: main' 2>/dev/null |
    grep -v '^[^ ]*-' | head -n 1)
suite=${SUITE:-${own%% *}}
mirror=${MIRROR:-${own#* }}
suite=${suite:-stable}
mirror=${mirror:-http://deb.debian.org/debian}

self=$(cd "$(dirname "$0")" && pwd -P)/${0##*/}
folder=$(mktemp -d "${TMPDIR:-/tmp}/actlab-bare.XXXXXX") || exit 1
child=
clean() {
    [ -z "$child" ] || kill -KILL "$child" 2>/dev/null # and all within goes with it, mounts too
    rm -rf --one-file-system "$folder"
}
trap clean EXIT
trap 'exit 1' HUP INT TERM
unshare --mount --propagation private --pid --fork --kill-child sh "$self" --inside "$folder" "$repository" "$suite" "$mirror" </dev/null &
child=$!
wait "$child"
status=$?
child=
exit $status
