"""What an edition was made of stays as it was: its pictures and their files, and the approvals behind it."""

from pathlib import Path

import pytest
from django.db.models import Model, ProtectedError

from articles.models import Approval, EditionPicture, Picture
from tests.articles.cast import alice, bob, draft
from tests.articles.images import jpeg
from tests.articles.test_edition import refused

pytestmark = pytest.mark.django_db


def picture(color: str) -> Picture:
    return Picture.objects.upload(jpeg(color=color), alt=f"A {color} field")


def test_no_picture_is_added_to_it_taken_from_it_or_put_in_place_of_another(media: Path) -> None:
    red, blue = picture("red"), picture("blue")
    edition = draft(None, hero=red).publish(None)
    assert refused(lambda: edition.pictures.add(blue))
    assert refused(lambda: EditionPicture.objects.update(picture=blue))
    assert refused(lambda: edition.pictures.clear())
    assert list(edition.pictures.all()) == [red]


def test_a_picture_keeps_its_files_and_its_words_may_be_mended(media: Path) -> None:
    red, blue = picture("red"), picture("blue")
    for change in ({"renditions": blue.renditions}, {"sha256": blue.sha256}, {"width": 1}, {"height": 1}):
        assert refused(lambda change=change: Picture.objects.filter(pk=red.pk).update(**change))
    red.alt, red.credit = "A field of poppies", "Somebody"
    red.save()
    assert Picture.objects.get(pk=red.pk).alt == "A field of poppies"


def test_an_approval_is_never_changed() -> None:
    reviewer, other = bob(), draft(alice(), "Tea")
    draft(None).approve(reviewer)
    changes: list[dict[str, str | Model]] = [{"digest": "0" * 64}, {"article": other}, {"by": other.author}]
    for change in changes:
        assert refused(lambda change=change: Approval.objects.update(**change))
    reviewer.delete()
    assert Approval.objects.get().by is None


def test_an_approval_of_what_was_published_is_never_deleted() -> None:
    article = draft(alice())
    approval = article.approve(bob())
    edition = article.publish(article.author)
    assert edition.approved_by == approval.by
    assert refused(lambda: approval.delete())
    with pytest.raises(ProtectedError):
        article.delete()
    assert Approval.objects.exists()


def test_a_draft_that_was_approved_and_never_published_can_be_deleted() -> None:
    article = draft(alice())
    article.approve(bob())
    article.delete()
    assert not Approval.objects.exists()
