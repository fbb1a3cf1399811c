"""What stands between two people about an answer, as one of them reads it."""

from typing import Any

from django.utils import timezone

from groups.wording import city_word
from mindspace.accounts.models import ContactDetail, User
from mindspace.moderation import notes
from mindspace.moderation.models.sanction import may_take_part
from mindspace.notifications.quiet import zone_of
from mutualaid import crisis, rest
from mutualaid.answering_forms import CallOffForm, MessageForm, MissedForm, ThanksForm, TimeForm
from mutualaid.board import alike, all_alike
from mutualaid.models import Arrangement, Post, Response, Reveal
from mutualaid.moments import in_full, in_words, stamp
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
        "cancel_form": CallOffForm(),
        "missed_form": MissedForm(),
        **forms,
        **contact_of(arrangement, user),
        **time_of(arrangement, user),
        "rests_until": rest.of_other(arrangement, user) if arrangement else None,
        "asked_for": asked_for(response, user),
        "response": response,
        "post": response.post,
        "in_return": Shown(response.post, user).in_return if response.post.banked else "",
        "sees_post": Post.objects.visible_to(user).filter(pk=response.post_id).exists(),
        "other": other,
        "other_name": response.name_of_other(user),
        "is_away": other is not None and not may_take_part(other),
        "lines": lines,
        "notes": notes.read_at(response.get_absolute_url(), user),
        "reader_zone": zone_of(user),
        "help_first": bool(own) and crisis.sounds_like(own[-1]),
        "arrangement": arrangement,
        "can_decide": response.can_be_decided_by(user),
        "can_accept": response.can_be_accepted_by(user),
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


def asked_for(response: Response, user: User) -> str:
    """The time that a yes would agree on, before there is one; "" where none has been said."""
    at = response.meets_at if response.state == Response.State.PROPOSED else None
    return in_words(at, response.post.zone, zone_of(user)) if at else ""


def leading_on(response: Response, user: User) -> dict[str, Any]:
    """Where to go from a conversation that is over: to the post, to others like it, or to one's own page."""
    post = response.post
    if response.state in Response.LIVE:
        return {}
    goes_on = post.state == Post.State.OPEN and Post.objects.on_the_board_for(user).filter(pk=post.pk).exists()
    others = [] if post.is_of(user) else [each for each in alike(post, user) if each.pk != post.pk]
    return {
        "is_over": True,
        "post_goes_on": goes_on and (post.is_of(user) or not Shown(post, user).is_filled),
        "can_put_up_again": post.state == Post.State.CLOSED and post.can_be_renewed_by(user),
        "alike": [Shown(each, user) for each in others],
        "all_alike": all_alike(post),
    }


def time_of(arrangement: Arrangement | None, user: User) -> dict[str, Any]:
    """When they meet, and what can be done about it; nothing once it is over."""
    if arrangement is None or arrangement.state not in Arrangement.GOING_ON:
        return {}
    zone, own = arrangement.response.post.zone, zone_of(user)
    return {
        "meets": in_full(arrangement.starts_at, arrangement.minutes, zone, own),
        "is_reminded": arrangement.starts_at and arrangement.starts_at > timezone.now() + BEFORE,
        "suggested": in_full(arrangement.suggested_at, arrangement.suggested_minutes, zone, own),
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
