"""One archive with the whole site in it, and back: the database and the uploaded pictures, and no keys.

The archive is a plain tar:

    manifest.json     what is in it, with a SHA-256 and a size for each file, and the migrations it was made with
    database.dump     PostgreSQL's custom format, without the rows of sessions and of the cache
    media/...         the uploaded files

FIELD_KEYS and SECRET_KEY are left out on purpose: who finds a backup must not be able to read private fields.
"""

import contextlib
import hashlib
import io
import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO, Any

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from mindspace import environment, postgres

FORMAT = 1
MANIFEST, DUMP, MEDIA = "manifest.json", "database.dump", "media"
PASSING_TABLES = (
    "django_session",
    "accounts_signin",
    "django_cache",
)  # who is signed in, and counts of tries, are nobody's to keep
LIBPQ_VARIABLES = {
    "HOST": "PGHOST", "PORT": "PGPORT", "USER": "PGUSER", "PASSWORD": "PGPASSWORD", "NAME": "PGDATABASE",
    "sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT", "sslcert": "PGSSLCERT", "sslkey": "PGSSLKEY",
    "connect_timeout": "PGCONNECT_TIMEOUT", "application_name": "PGAPPNAME", "options": "PGOPTIONS",
}  # fmt: skip
# In one transaction with the rows that follow: if anything fails, nothing has happened.
EMPTY = """
SET lock_timeout = '30s';
DROP SCHEMA public CASCADE;
CREATE SCHEMA public;
ALTER SCHEMA public OWNER TO pg_database_owner;
GRANT USAGE ON SCHEMA public TO PUBLIC;
"""


class CannotBackUp(Exception):
    """The message says why, and that nothing was changed."""


@contextlib.contextmanager
def database_running() -> Iterator[None]:
    """Have the site's database at hand inside the block, whether or not the site is up."""
    with contextlib.nullcontext() if environment.text("DATABASE_URL") else postgres.available(settings.VAR_DIR):
        try:
            yield
        finally:
            connection.close()


def back_up(target: Path) -> int:
    """Write the archive to `target`, which appears only once it is complete. Return how many files are in it."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as folder:
        dump = Path(folder) / DUMP
        excluded = [f"--exclude-table-data={table}" for table in PASSING_TABLES]
        run_on_database("pg_dump", "--format=custom", "--no-owner", "--no-privileges", *excluded, "--file", dump)
        media_root = Path(settings.MEDIA_ROOT)
        media = _files(media_root)
        sources = {DUMP: dump} | {f"{MEDIA}/{path.relative_to(media_root).as_posix()}": path for path in media}
        manifest = {
            "format": FORMAT,
            "made_at": timezone.now().isoformat(timespec="seconds"),
            "migrations": sorted(".".join(name) for name in MigrationLoader(connection).applied_migrations),
            "files": {name: _describe(path) for name, path in sources.items()},
        }
        part = Path(folder) / "archive"
        with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            with tarfile.open(fileobj=stream, mode="w", format=tarfile.PAX_FORMAT) as archive:
                text = json.dumps(manifest, indent=1).encode()
                member = tarfile.TarInfo(MANIFEST)
                member.size = len(text)
                archive.addfile(member, io.BytesIO(text))
                for name, path in sources.items():
                    archive.add(path, name, recursive=False, filter=_anonymous)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(target)
    return len(sources)


def restore(source: Path, *, replace: bool) -> dict[str, Any]:
    """Put the site back as it was in the archive `source`; return its manifest.

    Everything is read and checked before anything is written. Raises CannotBackUp, with nothing changed, if the
    archive is cut short or altered, was made by a newer release, or if the database has tables and `replace` is False.
    """
    with tempfile.TemporaryDirectory(prefix="mindspace-restore-") as folder:
        manifest = _unpack(source, Path(folder))
        _refuse_newer(manifest)
        if connection.introspection.table_names() and not replace:
            raise CannotBackUp(
                "The database is not empty. Nothing was changed. --replace puts the backup in its place."
            )
        script = Path(folder) / "database.sql"
        run_on_database("pg_restore", "--no-owner", "--no-privileges", "--file", script, Path(folder) / DUMP)
        emptying = Path(folder) / "empty.sql"
        emptying.write_text(EMPTY)
        connection.close()  # else our own locks would be waited for
        with _media_placed(Path(folder) / MEDIA):
            run_on_database(
                "psql", "--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1",
                "--output=/dev/null", "--file", emptying, "--file", script,
            )  # fmt: skip
    return manifest


# -- Parts ---------------------------------------------------------------------------------------


def run_on_database(program: str, *arguments: str | Path) -> None:
    """Run one of PostgreSQL's programs on the site's database; the password goes by the environment, unseen by `ps`."""
    database = settings.DATABASES["default"]
    values = {**database, **database.get("OPTIONS", {})}
    libpq = {variable: str(values[key]) for key, variable in LIBPQ_VARIABLES.items() if values.get(key)}
    done = subprocess.run(
        [postgres.program(program), *arguments],
        env={"PATH": os.defpath, "LC_ALL": "C", **libpq},
        capture_output=True, text=True, errors="replace", check=False,
    )  # fmt: skip
    if done.returncode != 0:
        raise CannotBackUp(f"{program} failed, and nothing was changed. It said:\n{done.stderr.strip()[-1000:]}")


def _describe(path: Path) -> dict[str, Any]:
    with path.open("rb") as stream:
        return {"sha256": hashlib.file_digest(stream, "sha256").hexdigest(), "size": path.stat().st_size}


def _anonymous(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    member.mode = 0o600
    return member


def _unpack(source: Path, folder: Path) -> dict[str, Any]:
    """Unpack the archive into `folder` and return its manifest, having compared every byte with it."""
    broken = f"{source} is cut short or altered. Nothing was changed."
    try:
        with tarfile.open(source, mode="r:") as archive:
            manifest = json.load(_open(archive, MANIFEST))
            if manifest["format"] != FORMAT:
                raise CannotBackUp(f"{source} has a form that this release does not know. Nothing was changed.")
            for name, expected in manifest["files"].items():
                if name != DUMP and not _is_below_media(name):
                    raise CannotBackUp(broken)
                target = folder / name
                target.parent.mkdir(parents=True, exist_ok=True)
                with target.open("wb") as stream:
                    shutil.copyfileobj(_open(archive, name), stream)
                if _describe(target) != expected:
                    raise CannotBackUp(broken)
            if DUMP not in manifest["files"]:
                raise CannotBackUp(broken)
    except FileNotFoundError:
        raise CannotBackUp(f"There is no file {source}.") from None
    except (
        tarfile.TarError,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        EOFError,
        IsADirectoryError,
        NotADirectoryError,
        FileExistsError,
    ):
        raise CannotBackUp(broken) from None
    return manifest


def _open(archive: tarfile.TarFile, name: str) -> IO[bytes]:
    member = archive.extractfile(name)  # raises KeyError if it is not there
    if member is None:
        raise tarfile.TarError(f"{name} is no file")
    return member


def _is_below_media(name: str) -> bool:
    path = PurePosixPath(name)
    return path.parts[:1] == (MEDIA,) and len(path.parts) > 1 and ".." not in path.parts and "\0" not in name


def _refuse_newer(manifest: dict[str, Any]) -> None:
    known = {".".join(name) for name in MigrationLoader(None).disk_migrations}
    apps = {name.partition(".")[0] for name in known}
    unknown = [name for name in manifest["migrations"] if name not in known and name.partition(".")[0] in apps]
    if unknown:
        raise CannotBackUp(
            f"The backup was made by a newer release (it has the migration {unknown[0]}). Nothing was changed. "
            "Restore it with that release."
        )


@contextlib.contextmanager
def _media_placed(folder: Path) -> Iterator[None]:
    """Copy uploaded files into MEDIA_ROOT; take the new ones away again if what is done meanwhile fails.

    Names are hashes of contents, so a file that is there is the same.
    """
    placed: list[Path] = []
    try:
        for path in _files(folder):
            target = Path(settings.MEDIA_ROOT) / path.relative_to(folder)
            if not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                part = target.with_name(f".{target.name}.part")
                part.write_bytes(path.read_bytes())
                part.chmod(0o644)
                part.replace(target)
                placed.append(target)
        yield
    except BaseException:
        for target in placed:
            target.unlink(missing_ok=True)
        raise


def _files(folder: Path) -> list[Path]:
    """Return every finished file below `folder`; one whose name starts with a dot is still being written."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
