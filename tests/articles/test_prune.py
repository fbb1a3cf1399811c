"""`manage.py prune_pictures`: what nothing shows may go; what anything shows, or may show again, stays."""

import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from articles.models import Picture
from tests.articles.cast import draft
from tests.articles.images import jpeg

pytestmark = pytest.mark.django_db
OLD = timedelta(days=7, minutes=1)


@pytest.fixture(autouse=True)
def _later(media: Path) -> Iterator[None]:
    """Every picture of a test was uploaded a little more than a week ago, unless it says otherwise."""
    with time_machine.travel(timezone.now() + OLD, tick=False):
        yield


def picture(color: str, age: timedelta = OLD) -> Picture:
    with time_machine.travel(timezone.now() - age, tick=False):
        return Picture.objects.upload(jpeg(color=color), alt=f"A {color} field")


def figure(picture: Picture) -> str:
    return f'<p>Text</p><figure data-picture="{picture.pk}"></figure>'


def prune(*arguments: str) -> str:
    out = io.StringIO()
    call_command("prune_pictures", *arguments, stdout=out)
    return out.getvalue()


def files(media: Path) -> set[str]:
    return {path.relative_to(media).as_posix() for path in media.rglob("*") if path.is_file()}


def names(*pictures: Picture) -> set[str]:
    return {row[kind] for picture in pictures for row in picture.renditions for kind in ("avif", "webp")}


def test_it_lists_and_deletes_only_when_told(media: Path) -> None:
    picture("red")
    for _time in range(2):
        assert "A red field" in prune()
        assert Picture.objects.count() == 1
    assert files(media) == names(Picture.objects.get())
    assert "Deleted: 1." in prune("--delete")
    assert not Picture.objects.exists()
    assert files(media) == set()


def test_a_picture_of_less_than_a_week_stays() -> None:
    picture("red", timedelta(days=6, hours=23))
    assert "Deleted: 0." in prune("--delete")
    assert Picture.objects.exists()


def test_whatever_an_article_shows_stays() -> None:
    hero, inside = picture("red"), picture("blue")
    draft(None, hero=hero, body=figure(inside))
    assert "Deleted: 0." in prune("--delete")


def test_what_an_edition_shows_stays_when_the_desk_copy_has_moved_on() -> None:
    hero, inside = picture("red"), picture("blue")
    article = draft(None, hero=hero, body=figure(inside))
    article.publish(None).withdraw(None)
    article.save_desk(None, article.version, hero=None, body="<p>Text</p>")
    article.edits.all().delete()
    assert "Deleted: 0." in prune("--delete")
    assert Picture.objects.count() == 2


def test_what_only_an_earlier_version_shows_stays_as_long_as_the_version() -> None:
    hero, inside = picture("red"), picture("blue")
    article = draft(None, hero=hero, body=figure(inside))
    article.save_desk(None, article.version, hero=None, body="<p>Text</p>")
    assert "Deleted: 0." in prune("--delete")
    article.delete()
    assert "Deleted: 2." in prune("--delete")


def test_a_number_within_another_is_no_use_of_it() -> None:
    shown = picture("red")
    Picture.objects.bulk_create([Picture(pk=int(f"{shown.pk}{digit}"), **_words(shown)) for digit in (0, 1)])
    draft(None, body=figure(Picture.objects.get(pk=f"{shown.pk}0")))
    assert "Deleted: 2." in prune("--delete")
    assert [left.pk for left in Picture.objects.all()] == [int(f"{shown.pk}0")]


def _words(picture: Picture) -> dict[str, object]:
    copied = ("alt", "sha256", "width", "height", "renditions", "uploaded_at")
    return {name: getattr(picture, name) for name in copied}


def test_files_that_another_picture_has_too_stay(media: Path) -> None:
    gone, kept, other = picture("red"), picture("red"), picture("blue")
    draft(None, hero=kept)
    assert gone.renditions == kept.renditions
    assert "Deleted: 2." in prune("--delete")
    assert files(media) == names(kept)
    assert not files(media) & names(other)
