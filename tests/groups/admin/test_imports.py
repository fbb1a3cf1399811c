"""Imports in the admin: first what would change, then the step that does it."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client

from groups.models import Group, ImportRun, Source
from mindspace.accounts.models import User
from tests.groups.imports.conftest import row, rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def source(db: None) -> Source:
    return Source.objects.create(name="Neighbors", format="meeting_guide", kind="twelve_step")


def upload(client: Client, source: Source, *feed: dict[str, Any], **fields: Any) -> Any:
    file = SimpleUploadedFile("feed.json", json.dumps(feed).encode())
    return client.post(f"/admin/groups/source/{source.pk}/import/", {"file": file, **fields}, follow=True)


def test_a_file_is_shown_then_done(at_desk: Client, source: Source) -> None:
    assert at_desk.get(f"/admin/groups/source/{source.pk}/import/").status_code == 200
    page = upload(at_desk, source, row(), row("Odd", notes="monthly")).content.decode()
    assert "Would be added" in page
    assert "Every Tuesday, 18:30, Irving, TX" in page
    assert "can only say every week" in page
    assert not Group.objects.exists()
    run = ImportRun.objects.get()
    page = at_desk.post(f"/admin/groups/importrun/{run.pk}/apply/", follow=True).content.decode()
    assert "Done. The directory is up to date" in page
    assert Group.objects.get().name == "Tea"
    event = Group.pgh_event_model.objects.get()
    assert event.pgh_context.metadata["user"] == str(run.by_id)


def test_changes_are_shown_in_words(at_desk: Client, source: Source) -> None:
    upload(at_desk, source, *rows(4), row(notes="Old words."))
    ImportRun.objects.get().apply()
    page = upload(at_desk, source, *rows(4), row(notes="New words.", time="20:00")).content.decode()
    assert "<del>Old words.</del> <ins>New words.</ins>" in page
    assert "<del>6.30 pm</del> <ins>8.00 pm</ins>" in page


def test_a_held_run_waits_for_somebody(at_desk: Client, source: Source) -> None:
    upload(at_desk, source, *rows(10))
    ImportRun.objects.get().apply()
    page = upload(at_desk, source, *rows(5)).content.decode()
    assert "5 of 10 listings are no longer in the file." in page
    assert "1 import is held" in at_desk.get("/admin/").content.decode()
    run = ImportRun.objects.get(status="held")
    refused = at_desk.post(f"/admin/groups/importrun/{run.pk}/apply/", {"reason": " "})
    assert refused.status_code == 400
    assert "Why this is right although it changes so much" in refused.content.decode()
    assert ImportRun.objects.get(pk=run.pk).status == "held"
    at_desk.post(f"/admin/groups/importrun/{run.pk}/drop/")
    assert ImportRun.objects.get(pk=run.pk).status == "outdated"
    assert "nothing to apply" in at_desk.post(f"/admin/groups/importrun/{run.pk}/apply/", follow=True).content.decode()


@pytest.mark.parametrize("at_once", [500, 2])
def test_a_held_run_is_done_for_a_reason_that_is_kept(
    at_desk: Client, source: Source, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    upload(at_desk, source, *rows(10))
    ImportRun.objects.get().apply()
    upload(at_desk, source, *rows(5))
    run = ImportRun.objects.get(status="held")
    monkeypatch.setattr("groups.admin.import_run.AT_ONCE", at_once)
    at_desk.post(f"/admin/groups/importrun/{run.pk}/apply/", {"reason": "They closed\nan office."})
    run.refresh_from_db()
    assert (run.status, run.reason) == ("applied" if at_once == 500 else "applying", "They closed an office.")
    assert "They closed an office." in at_desk.get(f"/admin/groups/importrun/{run.pk}/change/").content.decode()
    with pytest.raises(IntegrityError), transaction.atomic():
        ImportRun.objects.filter(pk=run.pk).update(reason="")


def test_much_is_left_to_the_worker(at_desk: Client, source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("groups.admin.import_run.AT_ONCE", 2)
    upload(at_desk, source, *rows(3))
    run = ImportRun.objects.get()
    page = at_desk.post(f"/admin/groups/importrun/{run.pk}/apply/", follow=True).content.decode()
    assert "done in the background" in page
    assert ImportRun.objects.get().status == "applying"
    from groups.tasks import apply_import  # noqa: PLC0415

    for _twice in range(2):
        apply_import(run.pk, str(run.by_id))
    assert ImportRun.objects.get().status == "applied"
    assert Group.objects.count() == 3


@pytest.mark.parametrize(
    ("count", "status"),
    [(14, "checked"), (20, "failed"), (40, "failed")],  # in time; too late when compared; too late when read
)
def test_nobody_waits_forever_for_a_file(
    at_desk: Client, source: Source, monkeypatch: pytest.MonkeyPatch, count: int, status: str
) -> None:
    seconds = iter(range(1000))  # a row takes one
    monkeypatch.setattr("groups.imports.reading.monotonic", lambda: next(seconds))
    monkeypatch.setattr("groups.imports.staging.monotonic", lambda: 0.0)
    page = upload(at_desk, source, *rows(count)).content.decode()
    assert ("takes too long" in page) == (status == "failed")
    run = ImportRun.objects.get()
    assert (run.status, run.rows.exists()) == (status, status == "checked")


def test_a_second_click_makes_one_run(at_desk: Client, source: Source) -> None:
    key = "7e0f6a0e-5f5b-4f4e-9d53-1a2b3c4d5e6f"
    for _click in range(2):
        upload(at_desk, source, row(), form_key=key)
    assert ImportRun.objects.count() == 1


def test_a_feed_is_fetched_by_the_worker(at_desk: Client, source: Source) -> None:
    page = at_desk.post(f"/admin/groups/source/{source.pk}/import/", {})
    assert page.status_code == 400
    assert "Choose a file" in page.content.decode()
    source.url = "http://127.0.0.1/feed.json"
    source.save()
    at_desk.post(f"/admin/groups/source/{source.pk}/import/", {})
    run = ImportRun.objects.get()
    assert (run.status, run.came_from) == ("waiting", source.url)
    from groups.tasks import check_import  # noqa: PLC0415

    check_import(run.pk)
    run.refresh_from_db()
    assert (run.status, "do not fetch" in run.message) == ("failed", True)


def test_rows_that_wait_are_listed_and_read_only(at_desk: Client, source: Source) -> None:
    upload(at_desk, source, row("Odd", notes="monthly"))
    run_row = ImportRun.objects.get().rows.get()
    assert "Odd" in at_desk.get("/admin/groups/importrow/?outcome__exact=aside").content.decode()
    page = at_desk.get(f"/admin/groups/importrow/{run_row.pk}/change/").content.decode()
    assert "<dt>notes</dt><dd>monthly</dd>" in page
    assert 'name="_save"' not in page


def test_a_new_source(at_desk: Client) -> None:
    said = {"name": "AA", "format": "meeting_guide", "kind": "twelve_step", "url": "", "vouches_for": "Its own."}
    assert at_desk.post("/admin/groups/source/add/", said).status_code == 302
    assert Source.objects.get().vouches_for == "Its own."
    assert "Import now" in at_desk.get("/admin/groups/source/").content.decode()


def test_who_may(
    sign_in: Callable[[User | None], Client], source: Source, mona: User, ed: User, rae: User, max_: User
) -> None:
    run = ImportRun.objects.create(source=source)
    pages = {
        f"/admin/groups/source/{source.pk}/import/": "get",
        f"/admin/groups/importrun/{run.pk}/change/": "get",
        "/admin/groups/importrow/": "get",
        f"/admin/groups/importrun/{run.pk}/apply/": "post",
        f"/admin/groups/importrun/{run.pk}/drop/": "post",
    }
    for person in (None, mona, ed, rae):
        client = sign_in(person)
        assert {getattr(client, how)(page).status_code for page, how in pages.items()} <= {302, 403}, person
    assert ImportRun.objects.get().status == "checked"
    client = sign_in(max_)
    assert all(client.get(page).status_code == 200 for page, how in pages.items() if how == "get")
    for page in (f"/admin/groups/importrun/{run.pk}/apply/", f"/admin/groups/importrun/{run.pk}/drop/"):
        assert client.get(page).status_code == 405
    assert client.get("/admin/groups/importrun/999999/change/").status_code == 404
    assert client.get("/admin/groups/importrun/x/change/").status_code == 404


def test_import_is_one_press_from_the_source_and_a_row_without_a_name_has_its_place(
    at_desk: Client, source: Source
) -> None:
    page = at_desk.get(f"/admin/groups/source/{source.pk}/change/").content.decode()
    assert f'<a href="/admin/groups/source/{source.pk}/import/">Import now</a>' in page
    page = upload(at_desk, source, row(), row("")).content.decode()
    assert "Entry 2 of the file: " in page
