#!/bin/sh
# Make sure that there is a real voice for tests/browser/voices, if this machine lets us: a speech service with espeak-ng
# and a sound server that plays into nothing. Without them those tests, and only those, are skipped and say so.
set -u
there() {
    for name in pulseaudio parec speech-dispatcher espeak-ng; do
        command -v "$name" >/dev/null || return 1
    done
}
there && exit 0

root=none
if [ "$(id -u)" = 0 ]; then root=; elif sudo -n true 2>/dev/null; then root='sudo -n'; fi
if [ "$root" != none ] && command -v apt-get >/dev/null; then
    echo "   No voices found: installing Debian's (apt-get install speech-dispatcher espeak-ng pulseaudio)"
    log=$(mktemp)
    { $root apt-get update && $root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
        speech-dispatcher speech-dispatcher-espeak-ng espeak-ng pulseaudio pulseaudio-utils dbus; } >"$log" 2>&1 || tail -n 3 "$log"
    rm -f "$log"
    there && exit 0
fi
echo "   No real voices on this machine: the tests that listen to one are skipped."
exit 0
