"""What holds once somebody has answered, whatever either side does next. Alice asks, Bob answers, Max moderates."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from mindspace.accounts import leaving
from mindspace.accounts.models import PhoneMember, Profile, Vouch
from mindspace.moderation import errors
from mindspace.moderation.models import Sanction
from mindspace.moderation.models.report import weight_of
from mindspace.notifications.models import Notification
from mutualaid.coordinating import longest
from mutualaid.errors import Answered, NotNow
from mutualaid.models import Acted, Arrangement, Asked, HeldMessage, HeldPost, Post, Response
from tests.mutualaid.cast import alice, bob, client_of, draft, grown_up, max_, mia, post

pytestmark = pytest.mark.django_db


def answered(**fields: Any) -> Response:
    made: Response = Response.objects.send_in(None, post(alice(), **fields), bob(), "I can come.")
    return made


@pytest.mark.parametrize("terms", [{"kind": "offer"}, {"category": "childcare"}, {"category": "rides"}, {"hours": 24}])
def test_its_terms_stay(terms: dict[str, Any]) -> None:
    response = answered(category="errands")
    with pytest.raises(Answered):
        response.post.change(**terms)
    response.post.change(words="Other words are fine.")
    response.withdraw()
    response.post.change(**terms)


@pytest.mark.parametrize("kind", ["suspension", "ban"])
def test_nobody_who_may_not_take_part_gets_a_yes(kind: str) -> None:
    response = answered()
    until = None if kind == "ban" else timezone.now() + timedelta(days=3)
    Sanction.objects.impose(response.by, kind, by=max_(), reason="x", until=until)
    with pytest.raises(NotNow):
        response.accept()
    assert not Arrangement.objects.exists()
    response.by.date_joined = timezone.now() - timedelta(days=30)
    response.by.save()
    assert weight_of(response.by) == 0


def test_a_standing_offer_that_becomes_a_request_ends() -> None:
    made = post(alice(), kind="offer", ends_on=None)
    made.change(kind="request")
    assert made.ends_on is not None


def test_who_was_called_off_on_waits_again_and_who_was_helped_does_not() -> None:
    response = answered()
    response.accept()
    assert response.post not in longest()
    response.arrangements.get().cancel(response.by)
    assert response.post in longest()
    other = Response.objects.send_in(None, response.post, grown_up("carol"), "I can, too.")
    other.accept()
    for side in (other.by, response.post.author):
        other.arrangements.get().say_done(side)
    assert response.post not in longest()
    assert not Asked.can_be_sent_by(response.post.author, response.post)


def test_it_did_not_happen_is_not_said_before_it_should_have() -> None:
    response = answered()
    response.accept()
    Arrangement.objects.update(starts_at=timezone.now() + timedelta(days=2))
    with pytest.raises(NotNow):
        response.arrangements.get().miss(response.by)


def test_what_a_moderator_wrote_for_somebody_is_decided_by_another() -> None:
    moderator, other = max_(), mia()
    rosa = PhoneMember.objects.welcome(moderator, "Rosa", "Yes.", adult=True).user
    made = draft(rosa, written_by=moderator)
    made.submit()
    response = Response.objects.send_in(None, post(alice()), rosa, "Call 214 555 0142.")
    Acted.objects.write(rosa.pk, moderator, "answer", lambda: response, None)
    for held in (HeldPost.objects.get(post=made), HeldMessage.objects.get()):
        with pytest.raises(errors.YourOwn):
            held.decide(moderator, "approve")
        held.decide(other, "approve")


def test_nobody_speaks_for_both_sides() -> None:
    moderator = max_()
    rosa = PhoneMember.objects.welcome(moderator, "Rosa", "Yes.", adult=True)
    response = Response.objects.create(post=post(rosa.user), by=moderator)
    page = f"/mutual-aid/by-phone/{rosa.pk}/answers/{response.pk}/"
    assert client_of(moderator).get(page).status_code == 404
    assert client_of(mia()).get(page).status_code == 200


def test_leaving_takes_the_address_along_and_the_title_from_those_who_were_asked() -> None:
    author, helper = alice(), bob()
    made = post(author, "Canary soup")
    HeldPost.objects.create(post=made, made_by=author, sealed_email="x", answer="y", state="waiting")
    Asked.objects.create(post=made, person=helper)
    asked = Asked.objects.get()
    Notification.objects.create(
        user=helper, kind="mutualaid.asked", key=f"asked:{asked.pk}", about="Canary soup", path="/"
    )
    leaving.leave(author, keep_posts=True)
    assert Post.objects.get().author is None
    assert not HeldPost.objects.exclude(sealed_email="", answer="").exists()
    assert not Notification.objects.filter(about__contains="Canary").exists()


def test_what_was_never_on_the_board_is_no_page_once_it_is_taken_back() -> None:
    held = draft(alice(), "Soup, call 214 555 0176", audience="public")
    held.submit()
    assert held.state == "held"
    held.close("withdrawn")
    assert client_of(None).get(held.get_absolute_url()).status_code == 404
    assert client_of(held.author).get(held.get_absolute_url()).status_code == 200


def test_a_moderator_who_gave_their_word_as_a_member_gives_it_as_one() -> None:
    moderator, member = max_(), bob()
    Vouch.objects.create(voucher=moderator, vouched=member)
    assert not member.is_vouched
    Vouch.objects.give(moderator, member)
    assert member.is_vouched


def test_two_forms_beside_each_other_name_their_fields_apart() -> None:
    response = answered()
    response.accept()
    for side in (response.by, response.post.author):
        response.arrangements.get().say_done(side)
    page = client_of(response.by).get(response.get_absolute_url()).content.decode()
    assert 'id="thanks_words"' in page
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_its_hour_stays_when_the_author_moves_to_another_zone() -> None:
    response = answered(remote=True, area_name="", area_zip="", latitude=None, longitude=None, x=None, y=None)
    Profile.objects.update_or_create(user=response.post.author, defaults={"time_zone": "America/New_York"})
    said = {"where": "remote", "when": "window", "first_day": f"{timezone.localdate():%Y-%m-%d}", "start": "09:00"}
    address = f"/mutual-aid/{response.post.pk}/edit/when/"
    for zone, then in (("America/Chicago", response.withdraw), ("America/New_York", lambda: None)):
        assert client_of(response.post.author).post(address, said).status_code == 302
        response.post.refresh_from_db()
        assert response.post.zone == zone
        then()
