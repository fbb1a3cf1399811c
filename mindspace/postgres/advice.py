"""Plain words for what PostgreSQL says when it cannot start."""

import re
from pathlib import Path

# What the server or initdb says when it gives up, and what a person can do about it.
ADVICE = [
    (
        r"No space left on device|Check free disk space|Disk quota exceeded",
        "The disk is full. Free some space where VAR_DIR lies ({home}), then start again.",
    ),
    (
        r"could not look up effective user ID (\d+)",
        "This user (number {0}) has no entry in /etc/passwd, which PostgreSQL needs. Run as a user that has one, or "
        "set DATABASE_URL to a server of your own.",
    ),
    (
        r"[Dd]atabase files are incompatible",
        "The data in {home}/data was made by another version of PostgreSQL. Start the older release of this site and "
        "make a backup there, then restore it here.",
    ),
    (
        r"has invalid permissions|could not change permissions",
        "The disk under {home} keeps no permissions (a shared or Windows folder?). Set VAR_DIR to a folder on a disk "
        "of this machine.",
    ),
    (
        r"Cannot allocate memory|could not (?:create|map) (?:anonymous )?shared memory",
        "There is not enough free memory for PostgreSQL (about 100 MB). Close something, then start again.",
    ),
    (
        r"error while loading shared libraries: (\S+):",
        "A system library that PostgreSQL needs is missing: {0}. Install it (libz comes with the package zlib1g), or "
        "set DATABASE_URL.",
    ),
    (
        r"Read-only file system",
        "The disk under {home} cannot be written. Set VAR_DIR to a folder that can.",
    ),
    (
        r"Permission denied",
        "The user {user} cannot reach or write {home}. Set VAR_DIR to a folder of its own.",
    ),
]


def explain(said: str, home: Path, user: str) -> str:
    """Return what a person can do about the last words of the server or of initdb."""
    for pattern, advice in ADVICE:
        if match := re.search(pattern, said):
            return advice.format(*match.groups(), home=home, user=user)
    return "PostgreSQL could not start. It said:\n" + "\n".join(said.strip().splitlines()[-8:])
