"""Starting and stopping the embedded server."""

import contextlib
import fcntl
import os
import pwd
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg

from mindspace.children import end_with_parent
from mindspace.postgres.advice import explain
from mindspace.postgres.places import (
    MAJOR,
    Account,
    CannotStart,
    copy_programs,
    make_home,
    make_private,
    open_to_all,
    program,
    socket_dir,
)

NAME = ROLE = "mindspace"
START_SECONDS = 120  # a recovery after a crash replays at most max_wal_size
STOP_SECONDS = 60

# Given on the command line, so that an upgrade of the site brings its settings along. Sized for a machine with 1 GB.
SERVER_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "50",
    "shared_buffers": "64MB",
    "jit": "off",
    "io_method": "sync",  # no extra processes
    "huge_pages": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "256MB",
    "max_parallel_workers_per_gather": "0",
    "autovacuum_max_workers": "2",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # A log never holds what a member wrote: no failing statement, and no "Key (email)=(...) already exists".
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}


class AlreadyRunning(CannotStart):
    """Another process runs the server of this VAR_DIR."""


@contextlib.contextmanager
def available(var_dir: Path) -> Iterator[None]:
    """Have the embedded server of `var_dir` running inside the block, starting it only if nobody else did."""
    try:
        server = Server.start(var_dir)
    except AlreadyRunning:
        yield
        return
    try:
        yield
    finally:
        server.stop()


class Server:
    """A running embedded server, owned by this process: it ends when this process does, however that ends."""

    def __init__(self, account: Account, home: Path, sockets: Path, lock: int) -> None:
        self.account = account
        self.home = home
        self.sockets = sockets
        self.data = home / "data"
        self.log = home / "log"
        self._lock = lock
        self._process: subprocess.Popen[bytes] | None = None

    @classmethod
    def start(cls, var_dir: Path, *, durable: bool = True) -> "Server":
        """Start the server of `var_dir`, made first if need be, and return it once it takes connections.

        Recovers after `kill -9` of the site, of the server or of both. For tests, `durable=False`: no fsync, no vacuum.
        Raises CannotStart with a message for a person, AlreadyRunning if another process runs it.
        """
        account = Account.choose()
        home = make_home(var_dir, account)
        lock = _take_lock(home, var_dir)
        sockets = socket_dir(var_dir)
        if sockets.parent == var_dir / "postgres":
            sockets = home / "socket"  # the same folder, by a path that the server's user can walk
        server = cls(account, home, sockets, lock)
        try:
            make_private(server.sockets, account)
            server._make_data()
            server._end_orphan()
            server._write_access_rules()
            server._launch(durable)
            server._make_database()
        except BaseException:
            server.stop()
            raise
        return server

    @property
    def process(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            raise RuntimeError("The server is not running.")
        return self._process

    def stop(self) -> None:
        """End the server: open connections are cut, what was committed is on disk. Waits until it has ended."""
        if self._process:
            for signum, seconds in ((signal.SIGINT, STOP_SECONDS), (signal.SIGQUIT, 10), (signal.SIGKILL, 10)):
                if self._process.poll() is None:
                    self._process.send_signal(signum)
                    with contextlib.suppress(subprocess.TimeoutExpired):
                        self._process.wait(seconds)
            self._process = None
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1

    # -- Steps of a start ----------------------------------------------------------------------

    def _make_data(self) -> None:
        version = self.data / "PG_VERSION"
        if version.exists():
            found = version.read_text().strip()
            if found != MAJOR:
                raise CannotStart(
                    f"The data in {self.data} was made by PostgreSQL {found}; this site brings {MAJOR}. Start the "
                    "older release of this site, run `manage.py backup` there, and restore that backup here."
                )
            owner = self.data.stat().st_uid
            if owner != self.account.uid:
                raise CannotStart(
                    f"The data in {self.data} belongs to the user with the number {owner}, and the server would run as "
                    f"{self.account.name} ({self.account.uid}). Start the site as the user who made it, or set VAR_DIR."
                )
            return
        # Made under another name and renamed, so that a start that was killed half-way leaves nothing to trip over.
        unfinished = self.home / "data.new"
        shutil.rmtree(unfinished, ignore_errors=True)
        make_private(unfinished, self.account)
        self._run(
            "initdb", "-D", unfinished, "-U", "postgres", "--auth=peer", "--encoding=UTF8", "--locale=C",
            "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions",
        )  # fmt: skip
        unfinished.rename(self.data)

    def _end_orphan(self) -> None:
        """End a server that outlived the process that started it, and drop the pid file of a dead one.

        We hold the lock, so nobody else uses it. The process is ours only if it works in our data folder: its number
        may long belong to something else, and PostgreSQL would then refuse to start.
        """
        pid_file = self.data / "postmaster.pid"
        try:
            pid = int(pid_file.read_text().split("\n", 1)[0])
        except (FileNotFoundError, ValueError):
            return
        for signum, seconds in ((signal.SIGINT, STOP_SECONDS), (signal.SIGQUIT, 10)):
            deadline = time.monotonic() + seconds
            if not self._is_ours(pid):
                break
            os.kill(pid, signum)
            while self._is_ours(pid) and time.monotonic() < deadline:
                time.sleep(0.05)
        pid_file.unlink(missing_ok=True)

    def _is_ours(self, pid: int) -> bool:
        try:
            return Path(f"/proc/{pid}/cwd").samefile(self.data)
        except OSError:
            return False

    def _write_access_rules(self) -> None:
        callers = {self.account.name, pwd.getpwuid(os.geteuid()).pw_name}
        rules = {
            "pg_hba.conf": "local all all peer map=site\n",
            "pg_ident.conf": "".join(
                f'site "{caller}" {role}\n' for caller in sorted(callers) for role in ("postgres", ROLE)
            ),
        }
        for name, text in rules.items():
            (self.data / name).write_text(text)

    def _launch(self, durable: bool) -> None:
        settings = {**SERVER_SETTINGS, "unix_socket_directories": str(self.sockets)}
        if not durable:
            settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}
        arguments = [f"--{name}={value}" for name, value in settings.items()]
        deadline = time.monotonic() + START_SECONDS
        while True:
            if self.log.exists():
                self.log.replace(self.home / "log.1")
            with open(os.open(self.log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as log:
                self._process = subprocess.Popen(
                    [self._program("postgres"), "-D", self.data, *arguments],
                    stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
                    preexec_fn=end_with_parent(signal.SIGINT), **self._identity(),
                )  # fmt: skip
            if self._becomes_ready(self._process, deadline):
                return
            said = self.log.read_text(errors="replace")
            # After `kill -9` of the server alone, its children need a moment to notice.
            if "pre-existing shared memory block" not in said or time.monotonic() > deadline:
                raise CannotStart(explain(said, self.home, self.account.name))
            time.sleep(0.2)

    def _becomes_ready(self, process: subprocess.Popen[bytes], deadline: float) -> bool:
        pid_file = self.data / "postmaster.pid"
        while process.poll() is None:
            with contextlib.suppress(FileNotFoundError):
                lines = pid_file.read_text().splitlines()
                if len(lines) >= 8 and lines[0] == str(process.pid) and lines[7].strip() == "ready":
                    return True
            if time.monotonic() > deadline:
                raise CannotStart(f"PostgreSQL did not come up within {START_SECONDS} seconds. Its log is {self.log}.")
            time.sleep(0.02)
        return False

    def _make_database(self) -> None:
        with psycopg.connect(host=str(self.sockets), user="postgres", dbname="postgres", autocommit=True) as connection:
            if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE]).fetchone():
                connection.execute(f"CREATE ROLE {ROLE} LOGIN CREATEDB")
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone():
                connection.execute(f"CREATE DATABASE {NAME} OWNER {ROLE}")

    # -- Programs ------------------------------------------------------------------------------

    def _program(self, name: str) -> Path:
        """Return the path of one of the server's programs, copied to `home` if the server's user cannot reach it."""
        original = program(name)
        if os.geteuid() != 0 or open_to_all(original):
            return original
        return copy_programs(self.home) / "bin" / name

    def _run(self, name: str, *arguments: str | Path) -> None:
        done = subprocess.run(
            [self._program(name), *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, errors="replace", check=False, **self._identity(),
        )  # fmt: skip
        if done.returncode != 0:
            raise CannotStart(explain(done.stdout, self.home, self.account.name))

    def _identity(self) -> dict[str, Any]:
        """Return the keyword arguments with which subprocess runs a program as the server's user."""
        identity: dict[str, Any] = {"cwd": "/", "env": {"LC_ALL": "C", "TZ": "UTC", "PATH": os.defpath}, "umask": 0o077}
        if os.geteuid() == 0:
            identity |= {"user": self.account.uid, "group": self.account.gid, "extra_groups": []}
        return identity


def _take_lock(home: Path, var_dir: Path) -> int:
    lock = os.open(home / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.read(lock, 20).decode() or "unknown"
        os.close(lock)
        raise AlreadyRunning(
            f"The site of {var_dir} is already running (process {holder}). Stop that one, or set VAR_DIR to another "
            "folder for a second site."
        ) from None
    os.truncate(lock, 0)
    os.write(lock, str(os.getpid()).encode())
    return lock
