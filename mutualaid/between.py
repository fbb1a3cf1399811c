"""What stands between two people about an answer, as one of them reads it."""

from typing import Any

from django.utils import timezone

from groups.wording import city_word
from mindspace.accounts.models import ContactDetail, User
from mindspace.moderation import notes
from mindspace.moderation.models.sanction import may_take_part
from mutualaid import crisis
from mutualaid.answering_forms import MessageForm, ThanksForm, TimeForm
from mutualaid.models import Arrangement, Post, Response, Reveal
from mutualaid.moments import in_words, stamp
from mutualaid.reminding import BEFORE
from mutualaid.shown import Shown


def between(response: Response, user: User, forms: dict[str, Any]) -> dict[str, Any]:
    """All that the page of a conversation shows; `forms` are those that were sent."""
    arrangement, other = arrangement_of(response), response.other_than(user)
    lines = list(response.lines_for(user))
    own = [line.words for line in lines if line.by_id == user.pk]
    return {
        "form": MessageForm(),
        "thanks_form": ThanksForm(),
        "time_form": TimeForm(response.post.zone),
        **forms,
        **contact_of(arrangement, user),
        **time_of(arrangement, user),
        "response": response,
        "post": response.post,
        "in_return": Shown(response.post, user).in_return if response.post.banked else "",
        "sees_post": Post.objects.visible_to(user).filter(pk=response.post_id).exists(),
        "other": other,
        "other_name": response.name_of_other(user),
        "is_away": other is not None and not may_take_part(other),
        "lines": lines,
        "notes": notes.read_at(response.get_absolute_url(), user),
        "help_first": bool(own) and crisis.sounds_like(own[-1]),
        "arrangement": arrangement,
        "can_decide": response.can_be_decided_by(user),
        "can_withdraw": response.can_be_withdrawn_by(user),
        "can_speak": response.can_be_spoken_in_by(user),
        "can_thank": response.can_be_thanked_in_by(user),
        "can_ask_to_pass": response.can_be_passed_for(user),
        "asked_to_pass": response.pass_requests.waiting().exists(),
        "can_say_done": arrangement is not None and arrangement.can_be_done_by(user),
        "can_dispute": arrangement is not None and arrangement.can_be_disputed_by(user),
        "can_end": arrangement is not None and arrangement.can_be_ended_by(user),
    }


def arrangement_of(response: Response) -> Arrangement | None:
    found = Arrangement.objects.filter(response=response).first()
    if found is not None:
        found.response = response
    return found


def time_of(arrangement: Arrangement | None, user: User) -> dict[str, Any]:
    """When they meet, in the zone of the post, and what can be done about it; nothing once it is over."""
    if arrangement is None or arrangement.state not in Arrangement.GOING_ON:
        return {}
    zone = arrangement.response.post.zone
    return {
        "meets": arrangement.starts_at and in_words(arrangement.starts_at, zone),
        "is_reminded": arrangement.starts_at and arrangement.starts_at > timezone.now() + BEFORE,
        "suggested": arrangement.suggested_at and in_words(arrangement.suggested_at, zone),
        "suggested_stamp": arrangement.suggested_at and stamp(arrangement.suggested_at),
        "suggested_by_me": arrangement.suggested_by_id == user.pk,
        "city": city_word(zone),
        "can_time": arrangement.can_be_timed_by(user),
        "can_keep": arrangement.can_be_kept_by(user),
        "can_agree": arrangement.can_be_agreed_by(user),
    }


def contact_of(arrangement: Arrangement | None, user: User) -> dict[str, Any]:
    """What the other side shows, and one's own details with whether they are shown; nothing once it is over."""
    if arrangement is None or not arrangement.can_be_ended_by(user):
        return {}
    shown = set(Reveal.objects.filter(arrangement=arrangement).values_list("detail", flat=True))
    own = ContactDetail.objects.of(user).verified()
    theirs = [reveal.detail for reveal in Reveal.objects.to(user, arrangement)]
    return {"shown_to_me": theirs, "own_details": [(detail, detail.pk in shown) for detail in own]}
