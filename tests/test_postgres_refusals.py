"""When the embedded server cannot start, a person is told what to do."""

import os
from pathlib import Path

import pytest

from mindspace import postgres
from mindspace.postgres.advice import explain
from mindspace.postgres.places import MAJOR, Account


@pytest.fixture
def data(var_dir: Path) -> Path:
    """A folder that looks like the data of a server: enough to be refused before anything starts."""
    account = Account.choose()
    folder = var_dir / "postgres" / "data"
    folder.mkdir(parents=True)
    (var_dir / "postgres").chmod(0o711)
    (folder / "PG_VERSION").write_text(MAJOR + "\n")
    if os.geteuid() == 0:
        os.chown(folder, account.uid, account.gid)
    return folder


def refusal(var_dir: Path) -> str:
    with pytest.raises(postgres.CannotStart) as caught:
        postgres.Server.start(var_dir)
    return str(caught.value)


def test_data_of_another_major_version(data: Path) -> None:
    (data / "PG_VERSION").write_text("15\n")
    said = refusal(data.parent.parent)
    assert "PostgreSQL 15" in said
    assert "backup" in said


def test_a_place_that_cannot_be_made() -> None:
    assert "VAR_DIR" in refusal(Path("/proc/nothing/here"))


def test_a_lock_is_let_go_after_a_refusal(data: Path) -> None:
    (data / "PG_VERSION").write_text("15\n")
    assert refusal(data.parent.parent) == refusal(data.parent.parent)


def test_the_programs_are_missing(monkeypatch: pytest.MonkeyPatch, var_dir: Path) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert "DATABASE_URL" in refusal(var_dir)


@pytest.mark.parametrize(
    ("said", "advice"),
    [
        ('initdb: error: could not write file "base/1/1247": No space left on device', "disk is full"),
        ("FATAL:  could not extend file\nHINT:  Check free disk space.", "disk is full"),
        ('FATAL:  could not write lock file "postmaster.pid": No space left on device', "disk is full"),
        ("initdb: error: could not look up effective user ID 12345: user does not exist", "/etc/passwd"),
        ("FATAL:  database files are incompatible with server", "another version"),
        ('FATAL:  data directory "/x/data" has invalid permissions', "keeps no permissions"),
        ("FATAL:  could not map anonymous shared memory: Cannot allocate memory", "memory"),
        ("postgres: error while loading shared libraries: libz.so.1: cannot open", "libz.so.1"),
        ('initdb: error: could not create directory "/x": Permission denied', "cannot reach or write"),
        ("FATAL:  the stars are wrong", "the stars are wrong"),
    ],
)
def test_the_last_words_of_the_server_become_advice(said: str, advice: str) -> None:
    assert advice in explain(said, Path("/x"), "postgres")
