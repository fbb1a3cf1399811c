"""A backup and its way back, on a real database and with real files."""

import hashlib
import io
import json
import shutil
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from mindspace.accounts.models import User

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _media() -> Iterator[None]:
    media = Path(settings.MEDIA_ROOT)
    (media / "pictures").mkdir(parents=True, exist_ok=True)
    (media / "pictures" / "ab12.webp").write_bytes(b"a picture")
    yield
    shutil.rmtree(media)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A backup of a site with one member, Alice."""
    User.objects.create_user(email="alice@example.org")
    call_command("backup", tmp_path / "site.tar", verbosity=0)
    return tmp_path / "site.tar"


def emails() -> list[str]:
    connection.close()  # the restore dropped what this connection knew
    return sorted(User.objects.values_list("email", flat=True))


def altered(archive: Path, name: str, content: bytes) -> Path:
    """A copy of the archive in which one file has another content."""
    copy = archive.with_name("altered.tar")
    with tarfile.open(archive) as old, tarfile.open(copy, "w") as new:
        for member in old:
            data = content if member.name == name else old.extractfile(member).read()
            member.size = len(data)
            new.addfile(member, io.BytesIO(data))
    return copy


def test_there_and_back(archive: Path) -> None:
    User.objects.create_user(email="later@example.org")
    shutil.rmtree(settings.MEDIA_ROOT)
    call_command("restore", archive, replace=True, verbosity=0)
    assert emails() == ["alice@example.org"]
    assert (Path(settings.MEDIA_ROOT) / "pictures/ab12.webp").read_bytes() == b"a picture"
    User.objects.create_user(email="after@example.org")  # sequences and constraints came back, too
    call_command("migrate", check_unapplied=True, verbosity=0)


def test_the_archive_is_for_its_owner_alone_and_holds_no_key(archive: Path) -> None:
    assert archive.stat().st_mode & 0o777 == 0o600
    content = archive.read_bytes()
    for key in (settings.SECRET_KEY, *settings.FIELD_KEYS):
        assert key.encode() not in content


def test_who_is_signed_in_is_not_kept(archive: Path, client: object) -> None:
    client.force_login(User.objects.get())
    call_command("backup", archive.with_name("second.tar"), verbosity=0)
    call_command("restore", archive.with_name("second.tar"), replace=True, verbosity=0)
    connection.close()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_session")
        assert cursor.fetchone() == (0,)


def test_a_database_in_use_is_not_replaced_unasked(archive: Path) -> None:
    User.objects.create_user(email="later@example.org")
    with pytest.raises(CommandError, match="--replace"):
        call_command("restore", archive, verbosity=0)
    assert emails() == ["alice@example.org", "later@example.org"]


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9])
def test_an_archive_cut_short_does_no_harm(archive: Path, kept: float) -> None:
    content = archive.read_bytes()
    archive.write_bytes(content[: int(len(content) * kept)])
    shutil.rmtree(settings.MEDIA_ROOT)
    with pytest.raises(CommandError, match="cut short"):
        call_command("restore", archive, replace=True, verbosity=0)
    assert emails() == ["alice@example.org"]
    assert not Path(settings.MEDIA_ROOT).exists()
    Path(settings.MEDIA_ROOT).mkdir()


def test_an_altered_archive_does_no_harm(archive: Path) -> None:
    with pytest.raises(CommandError, match="altered"):
        call_command("restore", altered(archive, "media/pictures/ab12.webp", b"another"), replace=True, verbosity=0)


def test_a_dump_that_fails_half_way_does_no_harm(archive: Path) -> None:
    """The manifest fits, the dump does not: PostgreSQL takes everything back."""
    with tarfile.open(archive) as old:
        dump = old.extractfile("database.dump").read()
        manifest = json.load(old.extractfile("manifest.json"))
    broken = dump[: len(dump) * 2 // 3]
    copy = altered(archive, "database.dump", broken)
    archive.write_bytes(copy.read_bytes())
    manifest["files"]["database.dump"] = {"sha256": hashlib.sha256(broken).hexdigest(), "size": len(broken)}
    for path in media_files():
        path.unlink()
    with pytest.raises(CommandError, match="nothing was changed"):
        call_command("restore", altered(archive, "manifest.json", json.dumps(manifest).encode()), replace=True)
    assert emails() == ["alice@example.org"]
    assert media_files() == []


def media_files() -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_a_file_that_is_also_a_folder_is_refused(archive: Path) -> None:
    with tarfile.open(archive) as old:
        manifest = json.load(old.extractfile("manifest.json"))
    name = next(name for name in manifest["files"] if name.startswith("media/"))
    manifest["files"][f"{name}/within"] = {"sha256": "0", "size": 0}
    with pytest.raises(CommandError, match="altered"):
        call_command("restore", altered(archive, "manifest.json", json.dumps(manifest).encode()), replace=True)


@pytest.mark.parametrize("name", ["../outside", "media/../../outside", "/etc/outside", "manifest.txt"])
def test_a_name_that_leads_elsewhere_is_refused(archive: Path, name: str) -> None:
    with tarfile.open(archive) as old:
        manifest = json.load(old.extractfile("manifest.json"))
    manifest["files"][name] = {"sha256": "0", "size": 0}
    with pytest.raises(CommandError, match="altered"):
        call_command("restore", altered(archive, "manifest.json", json.dumps(manifest).encode()), replace=True)


def test_a_backup_of_a_newer_release_is_refused(archive: Path) -> None:
    with tarfile.open(archive) as old:
        manifest = json.load(old.extractfile("manifest.json"))
    manifest["migrations"].append("accounts.9999_from_the_future")
    with pytest.raises(CommandError, match="newer release"):
        call_command("restore", altered(archive, "manifest.json", json.dumps(manifest).encode()), replace=True)


def test_nothing_is_overwritten(archive: Path) -> None:
    with pytest.raises(CommandError, match="exists already"):
        call_command("backup", archive)
