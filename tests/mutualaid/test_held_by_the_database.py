"""What holds whatever code asks: every test here goes around the models."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from mutualaid.models import Arrangement, Post, Response, Seat
from tests.mutualaid.cast import alice, bob, post

pytestmark = pytest.mark.django_db


@pytest.fixture
def response() -> Response:
    made: Response = Response.objects.create(post=post(alice(), slots=2), by=bob())
    return made


def refused(rows: Any, **fields: Any) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(**fields)


def test_a_chair_is_one_of_those_that_are_there(response: Response) -> None:
    with pytest.raises(IntegrityError, match="no such chair"), transaction.atomic():
        Seat.objects.create(post=response.post, response=response, number=2)
    seat = Seat.objects.create(post=response.post, response=response, number=1)
    refused(Seat.objects.filter(pk=seat.pk), number=2)


def test_a_chair_that_somebody_sits_on_is_not_put_away(response: Response) -> None:
    Seat.objects.create(post=response.post, response=response, number=1)
    with pytest.raises(IntegrityError, match="sits on that chair"), transaction.atomic():
        Post.objects.update(slots=1)
    Post.objects.update(slots=3)
    Seat.objects.update(number=0)
    Post.objects.update(slots=1)


@pytest.mark.parametrize("slots", [0, 21])
def test_there_are_one_to_twenty(response: Response, slots: int) -> None:
    refused(Post.objects.all(), slots=slots)


def test_nobody_answers_their_own_post(response: Response) -> None:
    with pytest.raises(IntegrityError, match="their own post"), transaction.atomic():
        Response.objects.create(post=response.post, by=response.post.author)
    refused(Response.objects.all(), by=response.post.author)


def test_only_states_that_there_are(response: Response) -> None:
    response.accept()
    refused(Post.objects.all(), state="gone")
    refused(Response.objects.all(), state="gone")
    refused(Arrangement.objects.all(), state="gone", ended_at=timezone.now())
