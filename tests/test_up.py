"""`manage.py up`, run as `make run` runs it: the whole site in processes of its own."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.settings import BASE_DIR

SECONDS = 90  # static files are compressed on the first start


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def var_dir() -> Iterator[Path]:
    """One folder for all starts here, so that all but the first find everything in its place."""
    with tempfile.TemporaryDirectory(prefix="mindspace-up-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder) / "var"


@contextlib.contextmanager
def up(var_dir: Path, **environ: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Start the site with nothing in its environment but VAR_DIR and PORT; yield its process and its address."""
    port = environ.setdefault("PORT", str(free_port()))
    process = subprocess.Popen(
        [sys.executable, "manage.py", "up"],
        cwd=BASE_DIR,
        env={"PATH": os.defpath, "VAR_DIR": str(var_dir), **environ},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield process, f"http://localhost:{port}"
    finally:
        if process.poll() is None:
            process.terminate()
            process.communicate(timeout=SECONDS)


def wait_until_up(process: subprocess.Popen[str]) -> str:
    said = ""
    for line in process.stdout:
        said += line
        if line.startswith("Ctrl-C"):
            return said
    raise AssertionError(said)


def descendants(pid: int) -> list[int]:
    children = [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return [each for child in children for each in (child, *descendants(child))]


def alive(pids: list[int]) -> list[int]:
    def lives(pid: int) -> bool:
        with contextlib.suppress(OSError):
            return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
        return False

    return [pid for pid in pids if lives(pid)]


def wait_until_gone(pids: list[int]) -> None:
    deadline = time.monotonic() + 30
    while alive(pids) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert alive(pids) == []


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_everything_and_the_status_tells_which(var_dir: Path, signum: signal.Signals) -> None:
    with up(var_dir) as (process, address):
        said = wait_until_up(process)
        assert address in said
        assert urllib.request.urlopen(f"{address}/help/", timeout=10).status == 200
        pids = descendants(process.pid)
        assert len(pids) > 5  # PostgreSQL and its helpers, gunicorn and its workers, the worker for jobs
        process.send_signal(signum)
        process.communicate(timeout=SECONDS)
        assert process.returncode == 128 + signum
        assert alive(pids) == []
        assert not (var_dir / "postgres/data/postmaster.pid").exists()


def test_a_second_start_finds_keys_tables_and_static_files_in_place(var_dir: Path) -> None:
    with up(var_dir) as (process, _):
        wait_until_up(process)
    kept = {name: (var_dir / name).stat() for name in ("secret_key", "field_keys", "static.stamp")}
    with up(var_dir) as (process, _):
        begun = time.monotonic()
        wait_until_up(process)
        print(f"A second start took {time.monotonic() - begun:.1f} s")  # noqa: T201
    assert kept["secret_key"].st_mode & 0o777 == kept["field_keys"].st_mode & 0o777 == 0o600
    assert {name: (var_dir / name).stat().st_mtime_ns for name in kept} == {
        name: stat.st_mtime_ns for name, stat in kept.items()
    }


@pytest.mark.parametrize("part", ["gunicorn", "manage.py\0work", "postgres"])
def test_a_crashed_part_ends_everything_with_its_status(var_dir: Path, part: str) -> None:
    with up(var_dir) as (process, _):
        wait_until_up(process)
        pids = descendants(process.pid)
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        victim = next(pid for pid in children if part in Path(f"/proc/{pid}/cmdline").read_text())
        os.kill(int(victim), signal.SIGKILL)
        said, _ = process.communicate(timeout=SECONDS)
        assert process.returncode == 128 + signal.SIGKILL
        assert "SIGKILL" in said
        wait_until_gone(pids)


def test_killing_it_outright_leaves_no_process_and_the_next_start_works(var_dir: Path) -> None:
    with up(var_dir) as (process, address):
        wait_until_up(process)
        pids = descendants(process.pid)
        process.kill()
        process.wait()
        with up(var_dir, PORT=address.rpartition(":")[2]) as (second, _):
            wait_until_up(second)
            wait_until_gone(pids)
            assert urllib.request.urlopen(f"{address}/readyz", timeout=10).status == 200


def test_a_port_in_use_is_named(var_dir: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        with up(var_dir, PORT=port) as (process, _):
            said, _ = process.communicate(timeout=SECONDS)
    assert process.returncode == 1
    assert f"port {port}" in said
    assert "set PORT" in said


@pytest.mark.parametrize(
    ("environ", "named"),
    [
        ({"HOST": "0.0.0.0"}, "SECRET_KEY"),
        ({"SITE_URL": "https://example.org"}, "SECRET_KEY"),
        ({"PORT": "eighty"}, "PORT"),
        ({"DATABASE_URL": "mysql://localhost/x"}, "DATABASE_URL"),
    ],
)
def test_a_start_that_is_not_safe_is_refused_by_name(var_dir: Path, environ: dict[str, str], named: str) -> None:
    with up(var_dir, **environ) as (process, _):
        said, _ = process.communicate(timeout=SECONDS)
    assert process.returncode == 1
    assert f"cannot start: {named} " in said
    assert "Traceback" not in said
