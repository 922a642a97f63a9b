"""Watch the memory of the browser's page processes and end one that grows too big, so that its neighbours live on."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from contextlib import suppress
from pathlib import Path

INTERVAL_S = 0.25
"""A hog was seen to take 1.25 GB/s: at four looks a second it gets about 0.3 GB beyond the limit."""
PROC = Path("/proc")


class MemoryWatch:
    """Watches one browser process tree. On systems without /proc it does nothing."""

    def __init__(self, limit_bytes: int) -> None:
        self.limit_bytes = limit_bytes
        self.last_kill: tuple[float, int] | None = None  # (monotonic time, bytes)
        self._task: asyncio.Task[None] | None = None

    def watch(self, pid: int) -> None:
        """Begin watching the children of a browser process."""
        self.stop()
        if PROC.joinpath("self", "statm").exists():
            self._task = asyncio.create_task(self._run(pid))

    def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def killed_since(self, moment: float) -> int | None:
        """Size in bytes of the renderer ended after `moment` (monotonic), None when none was."""
        return self.last_kill[1] if self.last_kill and self.last_kill[0] >= moment else None

    async def _run(self, pid: int) -> None:
        page_size = os.sysconf("SC_PAGE_SIZE")
        while True:
            for renderer in renderers(pid):
                size = resident_pages(renderer) * page_size
                if size > self.limit_bytes:
                    self.last_kill = (time.monotonic(), size)
                    with suppress(ProcessLookupError, PermissionError):
                        os.kill(renderer, signal.SIGKILL)
            await asyncio.sleep(INTERVAL_S)


def renderers(browser: int) -> list[int]:
    """Process ids of the page processes below a browser process."""
    parents: dict[int, int] = {}
    for name in os.listdir(PROC):  # noqa: PTH208 - called four times a second
        if name.isdigit():
            with suppress(OSError, ValueError, IndexError):
                parents[int(name)] = int((PROC / name / "stat").read_bytes().rsplit(b")", 1)[1].split()[1])
    found = []
    for pid, parent in parents.items():
        above = parent
        while above in parents and above != browser:
            above = parents[above]
        if above == browser and b"--type=renderer" in _command(pid):
            found.append(pid)
    return found


def resident_pages(pid: int) -> int:
    try:
        return int((PROC / str(pid) / "statm").read_bytes().split()[1])
    except (OSError, ValueError, IndexError):
        return 0


def _command(pid: int) -> bytes:
    try:
        return (PROC / str(pid) / "cmdline").read_bytes()
    except OSError:
        return b""
