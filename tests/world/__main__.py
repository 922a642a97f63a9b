"""Serve the test world: `python -m tests.world [--only NAME …] [-- COMMAND …]`.

Prints port, certificate file and proxy address as KEY=VALUE lines. With a command it runs it with these in its
environment (WORLD_PORT, WORLD_CA_FILE, WORLD_PROXY; also as {port}, {ca_file}, {proxy} in its words), ends with it, and
gives its exit code; without one it serves until interrupted.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

from tests.world.assets import AssetError, ensure
from tests.world.hosts import WorldError
from tests.world.seeds import SEEDS
from tests.world.server import SITES, World, WorldHandle


def main(arguments: list[str] | None = None) -> int:
    """The exit code: the command's own, 2 when the world cannot be served."""
    options = _parser().parse_args(arguments)
    try:
        ensure()
        world = World(
            options.sites, only=options.only, seeds=None if options.own_statements else SEEDS, port=options.port
        )
        handle = world.start()
    except (AssetError, WorldError, OSError) as error:
        print(f"test world: {error}", file=sys.stderr)
        return 2
    with handle:
        values = {"port": str(handle.port), "ca_file": str(handle.ca_file), "proxy": handle.proxy_url}
        if options.command:
            code = _run([_filled(word, values) for word in options.command], values)
        else:
            for name, value in values.items():
                print(f"WORLD_{name.upper()}={value}", flush=True)
            _wait()
            code = 0
        _tell_unknown(handle)
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.world", description=__doc__.splitlines()[0])
    parser.add_argument("--sites", type=Path, default=SITES, help="folder of scenarios")
    parser.add_argument("--only", action="append", metavar="NAME", help="serve this scenario only (may be given again)")
    parser.add_argument("--port", type=int, default=0, help="port to listen on; 0 takes a free one")
    parser.add_argument("--own-statements", action="store_true", help="leave the seed statements aside")
    parser.add_argument("command", nargs="*", help="command to run with the world around it")
    return parser


def _filled(word: str, values: dict[str, str]) -> str:
    for name, value in values.items():
        word = word.replace(f"{{{name}}}", value)
    return word


def _run(command: list[str], values: dict[str, str]) -> int:
    environment = os.environ | {f"WORLD_{name.upper()}": value for name, value in values.items()}
    try:
        return subprocess.run(command, env=environment, check=False).returncode
    except OSError as error:
        print(f"test world: cannot run {command[0]!r}: {error}", file=sys.stderr)
        return 2


def _wait() -> None:
    ended = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: ended.set())
    ended.wait()


def _tell_unknown(handle: WorldHandle) -> None:
    if handle.unknown_hosts:
        print(f"test world: refused hosts it does not know: {', '.join(sorted(handle.unknown_hosts))}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
