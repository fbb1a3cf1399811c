"""Authors are told what ends, and asked what stands."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from mindspace.notifications.models import Notification
from mutualaid import tasks
from mutualaid.models import Post
from tests.mutualaid.cast import alice, client_of, post

pytestmark = pytest.mark.django_db


def test_seven_days_one_day_and_the_end_each_once() -> None:
    made = post(alice(), "A canary title")
    begun = timezone.now()
    for day in range(33):
        with time_machine.travel(begun + timedelta(days=day), tick=False):
            for _twice in range(2):
                tasks.remind(0)
                tasks.end(0)
    keys = [row.key.split(":")[0] for row in Notification.objects.order_by("at")]
    assert keys == ["ends", "ends", "ended"]
    assert Notification.objects.order_by("at").first().path == made.get_absolute_url()
    for sent in mail.outbox:
        assert "canary" not in sent.body + sent.subject


def test_an_offer_that_stands_is_asked_after_90_days_and_paused_after_120() -> None:
    made = post(alice(), kind="offer")
    begun = timezone.now()
    for days, told, state in ((89, 0, "open"), (91, 1, "open"), (119, 1, "open"), (121, 2, "paused")):
        with time_machine.travel(begun + timedelta(days=days), tick=False):
            tasks.remind(0)
            tasks.remind(0)
        made.refresh_from_db()
        assert (Notification.objects.count(), made.state) == (told, state), days


def test_saying_that_it_is_true_keeps_it_up() -> None:
    author = alice()
    made = post(author, kind="offer")
    begun = timezone.now()
    with time_machine.travel(begun + timedelta(days=91), tick=False):
        client_of(author).post(f"/mutual-aid/{made.pk}/renew/")
    with time_machine.travel(begun + timedelta(days=125), tick=False):
        tasks.remind(0)
    assert Post.objects.get().state == "open"
    assert Notification.objects.count() == 0


def test_my_page_shows_posts_with_what_comes_next() -> None:
    author = alice()
    post(author, "Soup")
    page = client_of(author).get("/my/").content.decode()
    assert "Soup" in page
    assert "Ends in 30 days" in page
    assert "You need not do anything until somebody answers" in page
