"""A site of its own for the bench: `manage.py up` in a temporary folder, its processes and their memory."""

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SECONDS_TO_START = 180


def environment(var_dir: Path, port: int) -> dict[str, str]:
    """Return the environment of a site in `var_dir`: as `make run` has it, whatever the caller's says."""
    return {"PATH": os.environ.get("PATH", os.defpath), "VAR_DIR": str(var_dir), "PORT": str(port)}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Site:
    process: subprocess.Popen[str]
    port: int
    seconds_to_start: float
    most_memory: float  # MB, the greatest while it started

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"


@contextlib.contextmanager
def running(var_dir: Path) -> Iterator[Site]:
    """Run `manage.py up` until the block ends."""
    port = free_port()
    begun = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "manage.py", "up"], cwd=ROOT, env=environment(var_dir, port), text=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip
    try:
        most = 0.0
        while not answers(port, "/healthz"):
            most = max(most, memory(process.pid))
            if process.poll() is not None or time.monotonic() - begun > SECONDS_TO_START:
                process.terminate()
                raise SystemExit(f"The site did not start.\n{process.communicate()[1]}")
        yield Site(process, port, time.monotonic() - begun, max(most, memory(process.pid)))
    finally:
        process.terminate()
        process.communicate()


def answers(port: int, path: str) -> bool:
    try:
        with urllib.request.urlopen(f"http://localhost:{port}{path}", timeout=5):
            return True
    except urllib.error.HTTPError:
        raise
    except OSError:
        time.sleep(0.02)
        return False


def memory(pid: int) -> float:
    """Return the memory of a process and all its descendants in MB, as PSS: a page that n share counts 1/n to each."""
    total = 0.0
    with contextlib.suppress(OSError):  # it ended meanwhile
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1]) / 1024
        for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
            total += memory(int(child))
    return total
