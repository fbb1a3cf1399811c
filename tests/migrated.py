"""What migrations make, kept from one run of the tests to the next, until one of them or a package changes.

Django takes longer to draw up a hundred migrations than to run most of the tests.
"""

import hashlib
import os
from pathlib import Path

from django.conf import settings

from mindspace.backups import run_on_database

DEPENDS_ON = ("*/migrations/*.py", "*/*/migrations/*.py", "requirements.lock")


def dump_in(folder: Path) -> Path:
    """Where the dump for the migrations of today is, or will be."""
    digest = hashlib.sha256()
    for path in sorted(path for pattern in DEPENDS_ON for path in settings.BASE_DIR.glob(pattern)):
        digest.update(path.name.encode() + path.read_bytes())
    return folder / f"{digest.hexdigest()[:20]}.sql"


def load(dump: Path) -> None:
    """Fill the server's own database, and have Django copy the one of the tests from it."""
    run_on_database(
        "psql", "--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", "--output=/dev/null",
        "--file", dump,
    )  # fmt: skip
    settings.DATABASES["default"]["TEST"]["TEMPLATE"] = settings.DATABASES["default"]["NAME"]


def save(dump: Path) -> None:
    """Others may do the same at the same time."""
    part = dump.with_suffix(f".{os.getpid()}")
    run_on_database("pg_dump", "--no-owner", "--no-privileges", "--file", part)
    part.replace(dump)
