"""The embedded server, started for real in temporary folders, and killed for real."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from mindspace import postgres
from tests.settings import BASE_DIR

Start = Callable[..., postgres.Server]


@pytest.fixture
def start(var_dir: Path) -> Iterator[Start]:
    servers = []

    def start(folder: Path = var_dir, *, durable: bool = False) -> postgres.Server:
        servers.append(postgres.Server.start(folder, durable=durable))
        return servers[-1]

    yield start
    for server in servers:
        server.stop()


def ask(var_dir: Path, question: str, user: str = postgres.ROLE) -> object:
    host = str(postgres.socket_dir(var_dir))
    with psycopg.connect(host=host, user=user, dbname=postgres.NAME, autocommit=True) as connection:
        row = connection.execute(question)
        return row.fetchone()[0] if row.description else None


def test_data_stays_from_one_start_to_the_next(start: Start, var_dir: Path) -> None:
    first = start()
    ask(var_dir, "CREATE TABLE note (words text)")
    ask(var_dir, "INSERT INTO note VALUES ('kept')")
    first.stop()
    start()
    assert ask(var_dir, "SELECT words FROM note") == "kept"


def test_listens_on_no_port(start: Start, var_dir: Path) -> None:
    start()
    assert ask(var_dir, "SHOW listen_addresses") == ""


def test_knows_letters_beyond_ascii_without_a_locale_of_the_machine(start: Start, var_dir: Path) -> None:
    start()
    assert ask(var_dir, "SELECT upper('señor')") == "SEÑOR"


def test_the_sites_role_is_no_superuser(start: Start, var_dir: Path) -> None:
    start()
    assert ask(var_dir, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is False


def test_recovers_after_the_server_was_killed(start: Start, var_dir: Path) -> None:
    first = start(durable=True)
    ask(var_dir, "CREATE TABLE note (words text)")
    os.kill(first.process.pid, signal.SIGKILL)
    first.process.wait()
    first.stop()
    start()
    assert ask(var_dir, "SELECT count(*) FROM note") == 0


def test_recovers_when_the_number_of_the_killed_server_belongs_to_something_else(start: Start, var_dir: Path) -> None:
    first = start()
    os.kill(first.process.pid, signal.SIGKILL)
    first.process.wait()
    first.stop()
    lines = (first.data / "postmaster.pid").read_text().splitlines()
    (first.data / "postmaster.pid").write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")
    start()
    assert ask(var_dir, "SELECT 1") == 1


RUN = "import sys, time; from pathlib import Path; from mindspace import postgres; " + (
    "postgres.Server.start(Path(sys.argv[1])); print('up', flush=True); time.sleep(60)"
)


@contextlib.contextmanager
def site(var_dir: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that holds the server as `manage.py up` does."""
    process = subprocess.Popen([sys.executable, "-c", RUN, var_dir], cwd=BASE_DIR, stdout=subprocess.PIPE, text=True)
    with process:
        assert process.stdout.readline() == "up\n"
        yield process
        process.kill()


def test_recovers_after_the_site_was_killed_and_ends_with_it(start: Start, var_dir: Path) -> None:
    with site(var_dir) as process:
        ask(var_dir, "CREATE TABLE note (words text)")
        ask(var_dir, "INSERT INTO note VALUES ('kept')")
        server = int((var_dir / "postgres/data/postmaster.pid").read_text().split()[0])
        process.kill()
    start()
    assert ask(var_dir, "SELECT words FROM note") == "kept"
    assert int((var_dir / "postgres/data/postmaster.pid").read_text().split()[0]) != server


def test_ends_by_itself_when_the_site_was_killed(var_dir: Path) -> None:
    with site(var_dir) as process:
        server = Path("/proc") / (var_dir / "postgres/data/postmaster.pid").read_text().split()[0]
        process.kill()
    deadline = time.monotonic() + 20
    while server.exists() and "Z" not in (server / "stat").read_text() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not (var_dir / "postgres/data/postmaster.pid").exists(), "it did not shut down in order"


def test_runs_in_a_session_of_its_own(start: Start) -> None:
    assert os.getsid(start().process.pid) != os.getsid(0)


def test_says_that_it_is_running_already(start: Start, var_dir: Path) -> None:
    with site(var_dir) as process, pytest.raises(postgres.AlreadyRunning, match=f"process {process.pid}"):
        start()


def test_two_run_side_by_side(start: Start, var_dir: Path) -> None:
    other = var_dir.with_name("other")
    start()
    start(other)
    ask(var_dir, "CREATE TABLE here (words text)")
    assert ask(other, "SELECT count(*) FROM pg_tables WHERE tablename = 'here'") == 0


def test_a_start_that_was_cut_short_leaves_nothing_to_trip_over(start: Start, var_dir: Path) -> None:
    start().stop()
    (var_dir / "postgres/data").rename(var_dir / "postgres/data.new")  # where initdb works until it is done
    (var_dir / "postgres/data.new/PG_VERSION").unlink()
    start()
    assert ask(var_dir, "SELECT 1") == 1


def test_a_long_path_listens_in_a_private_folder_elsewhere(start: Start, var_dir: Path) -> None:
    deep = var_dir / ("long" * 30)
    sockets = postgres.socket_dir(deep)
    try:
        server = start(deep)
        assert ask(deep, "SELECT 1") == 1
        assert sockets.stat().st_mode & 0o777 == 0o700
        server.stop()
    finally:
        sockets.rmdir()


def test_a_folder_laid_out_by_somebody_else_is_refused(start: Start, var_dir: Path) -> None:
    deep = var_dir / ("trap" * 30)
    sockets = postgres.socket_dir(deep)
    sockets.mkdir(mode=0o777)
    sockets.chmod(0o777)
    try:
        with pytest.raises(postgres.CannotStart, match="alone"):
            start(deep)
    finally:
        sockets.rmdir()


def test_nobody_else_gets_in(start: Start, var_dir: Path) -> None:
    server = start()
    connect = (
        f"import psycopg; psycopg.connect(host='{server.sockets}', user='{postgres.ROLE}', dbname='{postgres.NAME}')"
    )
    if os.geteuid() == 0:
        look = ["/bin/ls", str(server.sockets)]
        refused = subprocess.run(look, user="daemon", group="daemon", extra_groups=[], capture_output=True, check=False)
        assert b"Permission denied" in refused.stderr
        server.sockets.chmod(0o755)  # even with the folder open, the kernel tells PostgreSQL who is calling
        (server.sockets / ".s.PGSQL.5432").chmod(0o777)
    rules = (server.data / "pg_hba.conf").read_text()
    assert rules == "local all all peer map=site\n"
    assert subprocess.run([sys.executable, "-c", connect], check=False).returncode == 0
    with pytest.raises(psycopg.OperationalError, match="eer authentication failed"):
        ask(var_dir, "SELECT 1", user="stranger")


def test_the_log_holds_nothing_that_a_member_wrote(start: Start, var_dir: Path) -> None:
    server = start()
    ask(var_dir, "CREATE TABLE note (words text PRIMARY KEY)")
    ask(var_dir, "INSERT INTO note VALUES ('a secret')")
    with pytest.raises(psycopg.errors.UniqueViolation):
        ask(var_dir, "INSERT INTO note VALUES ('a secret')")
    server.stop()
    said = server.log.read_text()
    assert "duplicate key" in said
    assert "a secret" not in said


def test_leaves_the_permissions_of_the_folders_above_alone(start: Start, var_dir: Path) -> None:
    above = var_dir.with_name("closed")
    above.mkdir(mode=0o700)
    server = start(above / "var")
    assert ask(above / "var", "SELECT 1") == 1
    assert above.stat().st_mode & 0o777 == 0o700
    server.stop()
    if (above / "var/postgres").is_symlink():  # root: the server lives where its user can reach it
        subprocess.run(["rm", "-r", (above / "var/postgres").resolve()], check=True)


def test_a_socket_left_by_a_dead_server_is_no_hindrance(start: Start, var_dir: Path) -> None:
    first = start()
    first.stop()
    with socket.socket(socket.AF_UNIX) as stale:
        stale.bind(str(first.sockets / ".s.PGSQL.5432"))
    start()
    assert ask(var_dir, "SELECT 1") == 1
