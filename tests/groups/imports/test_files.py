"""Files that are broken, huge, deep, hostile or cut: each gets a clear message, and nothing is written."""

import json
import random
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from groups.imports import formats, json_file, limits, reading, staging, words
from groups.models import Group, ImportRow, ImportRun, Source
from tests.groups.imports.conftest import row, rows

pytestmark = pytest.mark.django_db
ICS = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Tea\r\nDTSTART;TZID=America/Chicago:20260106T183000\r\n"

BROKEN: list[tuple[str, bytes, str]] = [
    ("meeting_guide", b"", "not JSON"),
    ("meeting_guide", b"<!doctype html><html>", "not JSON"),
    ("meeting_guide", b"[]", "no meeting"),
    ("meeting_guide", b'{"error": "no"}', "no list of meetings"),
    ("meeting_guide", b"[1, 2]", "no meeting"),
    ("meeting_guide", b"[" * 100_000, "nested too deep"),
    ("meeting_guide", b'[{"a":' * 200 + b"1" + b"}]" * 200, "nested too deep"),
    ("meeting_guide", b"[" + b'{"a":[' * 30 + b"]}" * 30 + b"]", "nested too deep"),
    ("meeting_guide", b'[{"name": "Tea", "ti', "ends in the middle"),
    ("meeting_guide", json.dumps([row(), row()]).encode()[:-1], "ends in the middle"),
    ("meeting_guide", json.dumps([row(), row()]).encode()[:-30], "ends in the middle"),
    ("meeting_guide", json.dumps([row()]).encode() + b"garbage", "behind the end"),
    ("meeting_guide", b'[{"name" "Tea"}]' + b" " * 600_000, "damaged"),
    ("meeting_guide", b'[{"name": ' + b"9" * 10_000 + b"}]", "too long"),
    ("meeting_guide", b'["' + b"x" * 2_000_000, "too long"),
    ("meeting_guide", b"\x00\x01\x02\x03", "no text file"),
    ("meeting_guide", b"PK\x03\x04rest", "no text file"),
    ("csv", b"", "first line"),
    ("csv", b"a,b\n1,2\n", "do not know this table"),
    ("csv", b'name,day,time\n"Tea,2,18:30\n', "ends in the middle"),
    ("csv", b"name,day,time,city\nTea,2,18:30,Irving\nTea,2,18:", "ends in the middle"),
    ("csv", b"name,day,time\n" + b"x" * 200_000 + b",2,18:30\n", "ends in line 2 is too long"),
    ("csv", b"name,day,time\nTea,2,18:30\n" + b"," * 3_000_000 + b"\n", "ends in line 3 is too long"),
    ("csv", b"name,day,time\nTea,2,18:30\n" + b"," * 300 + b"\n", "ends in line 3 is too long"),
    ("csv", b"name,day,time\n" + b'"\n",' * 300_000 + b"\n", "is too long"),
    ("csv", b"x" * 3_000_000, "ends in line 1 is too long"),
    ("csv", b",".join(b"c%d" % number for number in range(300)) + b"\n", "more than 250 columns"),
    ("icalendar", b"BEGIN:VCARD\r\n", "no calendar"),
    ("icalendar", ICS.encode(), "ends in the middle"),
    ("icalendar", (ICS + "END:VEVENT\r\n").encode(), "ends in the middle"),
    ("icalendar", (ICS + "DESCRIPTION:" + "x" * 900_000).encode(), "too long"),
    ("hsds", b"PK\x03\x04rest", "archive is damaged"),
    ("hsds", b"PK", "archive is damaged"),
    ("bmlt", b'{"meetings": 3}', "no list of meetings"),
]


@pytest.fixture
def broken(source: Source, tmp_path: Path) -> Callable[[str, bytes], ImportRun]:
    def check(format_: str, content: bytes) -> ImportRun:
        source.format = format_
        source.save()
        path = tmp_path / "file"
        path.write_bytes(content)
        return formats.check_file(source, path)

    return check


@pytest.mark.parametrize(("format_", "content", "message"), BROKEN)
def test_a_broken_file_says_why(broken: Any, format_: str, content: bytes, message: str) -> None:
    run = broken(format_, content)
    assert (run.status, message in run.message) == ("failed", True), run.message
    assert not ImportRow.objects.exists()
    assert not Group.objects.exists()


def test_any_cut_of_a_good_file_is_seen(broken: Any) -> None:
    whole = json.dumps(rows(3)).encode()
    chosen = random.Random(7).sample(range(1, len(whole)), 60)
    assert {broken("meeting_guide", whole[:end]).status for end in chosen} == {"failed"}


def test_noise_never_breaks_it(broken: Any) -> None:
    dice = random.Random(8)
    whole = bytearray(json.dumps(rows(3)).encode())
    for _number in range(60):
        copy = bytearray(whole)
        for _times in range(3):
            copy[dice.randrange(len(copy))] = dice.randrange(256)
        assert broken("meeting_guide", bytes(copy)).status in ("failed", "checked")


def test_too_large_a_file_is_refused(broken: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "MOST_BYTES", 1000)
    assert "larger than" in broken("meeting_guide", json.dumps(rows(20)).encode()).message


def test_too_many_rows_are_refused(broken: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "MOST_ROWS", 5)
    assert broken("meeting_guide", json.dumps(rows(6)).encode()).message == "The file has more than 5 rows."


def test_a_group_with_too_many_times_is_refused(broken: Any) -> None:
    run = broken(
        "meeting_guide", json.dumps([row(slug=str(n), time=f"{n % 24}:{n // 24:02}") for n in range(70)]).encode()
    )
    assert (run.refused, run.rows.get().reason) == (70, "It has more than 60 meeting times.")


def test_a_bomb_in_an_archive_is_not_unpacked(broken: Any, tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("service.csv", b"id,name\n" + b"0" * (limits.MOST_UNPACKED + 1))
    run = broken("hsds", bomb.read_bytes())
    assert (run.status, "more than" in run.message) == ("failed", True)


def test_old_and_wide_encodings_are_read(broken: Any) -> None:
    said = json.dumps([row("Café"), row("Niño")], ensure_ascii=False)
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
        run = broken("meeting_guide", said.encode(encoding))
        assert sorted(run.rows.values_list("name", flat=True)) == ["Café", "Niño"], encoding


def test_the_memory_stays_flat(broken: Any, tmp_path: Path) -> None:
    """Four times as many rows take as much memory, give or take some."""
    peaks = []
    for count in (2000, 8000):
        path = tmp_path / f"{count}.json"
        path.write_text(json.dumps(rows(count, notes="Tea. " * 100)))
        tracemalloc.start()
        assert sum(1 for _row in json_file.json_rows(reading.opener(path))) == count
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] * 1.5


def test_spaces_without_end_take_no_time(broken: Any) -> None:
    begun = time.monotonic()
    broken("meeting_guide", b" " * 3_000_000)
    assert time.monotonic() - begun < 20


@pytest.mark.parametrize("said", ["$" + "a" * 19_000, "$" + "1" * 19_000, "$" + "a." * 9_000, "$" + "a@" * 9_000])
def test_a_long_run_of_letters_is_read_in_no_time(said: str) -> None:
    began = time.process_time()
    words.without_contacts(said)
    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    "said", ["write to tea@example.org", "tea (at) example (dot) org", "t.e+a@a.example.org, please"]
)
def test_an_address_is_found_all_the_same(said: str) -> None:
    assert words.without_contacts(f"Come in. {said[:1].upper()}{said[1:]}") == "Come in."


def test_control_characters_are_left_out_of_what_is_imported(broken: Callable[[str, bytes], ImportRun]) -> None:
    broken(
        "meeting_guide", json.dumps([row(group_notes="Hello\x0bthere\x01 &#27;you", location="The\x02 Porch")]).encode()
    ).apply()
    made = Group.objects.get()
    assert (made.summary, made.schedules.get().place.name) == ("Hello\nthere you", "The Porch")
