#!/bin/sh
# Make sure that there is a Chromium for the browser tests, or say in one line what to install.
# Usage: install_chromium.sh BIN, the folder of the virtual environment's programs.
set -u
bin=$1

if [ -n "${CHROME_PATH:-}" ]; then
    [ -x "$CHROME_PATH" ] && exit 0
    echo "CHROME_PATH is $CHROME_PATH, which is not a program: set it to a Chromium, or unset it." >&2
    exit 1
fi
on_path() {
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        command -v "$name" >/dev/null && "$name" --version >/dev/null 2>&1 && return 0
    done
    return 1
}
playwrights_own() {
    "$bin/python" -c 'import os, sys; from playwright.sync_api import sync_playwright as p
with p() as play: sys.exit(not os.path.exists(play.chromium.executable_path))' 2>/dev/null
}
faster() {  # where all there is belongs to the tests, as in a container: see SHELL in conftest.py
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null && ! command -v chromium-headless-shell >/dev/null || return 0
    [ -e /usr/lib/chromium/chromium ] || return 0
    echo "   Installing Chromium without windows, too (apt-get install chromium-headless-shell)"
    { timeout 60 apt-get update && timeout 180 env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y --no-install-recommends chromium-headless-shell; } >/dev/null 2>&1 ||
        echo "   That cannot be had here: Chromium is driven as it is."
}
on_path && faster && exit 0
playwrights_own && exit 0

root=none
if [ "$(id -u)" = 0 ]; then root=; elif sudo -n true 2>/dev/null; then root='sudo -n'; fi
if [ "$root" != none ] && command -v apt-get >/dev/null; then
    echo "   No Chromium found: installing Debian's (apt-get install chromium)"
    log=$(mktemp)
    { $root apt-get update && $root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium; } >"$log" 2>&1 || tail -n 3 "$log"
    rm -f "$log"
    on_path && faster && exit 0
fi
echo "   No Chromium found: installing Playwright's"
"$bin/playwright" install chromium >/dev/null 2>&1 && playwrights_own && exit 0
echo "The browser tests need a Chromium: install the package chromium, or set CHROME_PATH to one." >&2
exit 1
