"""What a moderator can do in a conversation for a member helped by phone: what the member could, with a screen."""

from collections.abc import Callable
from functools import partial

from mindspace.accounts.models import User
from mutualaid.by_phone_forms import ActForForm
from mutualaid.models import Arrangement, PassRequest, Response

Verb = Callable[[ActForForm], object]  # takes what the form says


def verbs_of(response: Response, arrangement: Arrangement | None, member: User) -> dict[str, Verb]:
    """By the name of what is done, the likeliest first."""

    def say(form: ActForForm) -> None:
        response.say(member, form.cleaned_data["words"], form.key)

    def thank(form: ActForForm) -> None:
        response.say(member, form.cleaned_data["words"], form.key, form.cleaned_data["card"])

    can_ask = response.can_be_passed_for(member) and not response.pass_requests.waiting().exists()
    found: dict[str, tuple[bool, Verb]] = {
        "accept": (response.can_be_accepted_by(member) and not response.needs_a_word, plain(response.accept)),
        "decline": (response.can_be_decided_by(member), plain(response.decline)),
        "pass": (can_ask, plain(partial(PassRequest.objects.ask, response, member))),
        **(verbs_about(arrangement, member) if arrangement is not None else {}),
        "thank": (response.can_be_thanked_in_by(member), thank),
        "say": (response.can_be_spoken_in_by(member), say),
        "withdraw": (response.can_be_withdrawn_by(member), plain(response.withdraw)),
    }
    return {did: verb for did, (can, verb) in found.items() if can}


def verbs_about(arrangement: Arrangement, member: User) -> dict[str, tuple[bool, Verb]]:
    def suggest(form: ActForForm) -> None:
        arrangement.suggest(member, form.cleaned_data["starts_at"], form.cleaned_data["minutes"])

    ends, can_agree = arrangement.can_be_ended_by(member), arrangement.can_be_agreed_by(member)
    return {
        "agree": (can_agree, lambda form: arrangement.agree(member, form.cleaned_data["suggested_at"])),
        "keep": (arrangement.can_be_kept_by(member), plain(partial(arrangement.keep, member))),
        "suggest": (arrangement.can_be_timed_by(member), suggest),
        "done": (arrangement.can_be_done_by(member), plain(partial(arrangement.say_done, member))),
        "dispute": (arrangement.can_be_disputed_by(member), plain(partial(arrangement.dispute, member))),
        "cancel": (ends, lambda form: arrangement.cancel(member, form.cleaned_data.get("words", ""))),
        "missed": (
            ends and not arrangement.is_ahead,
            lambda form: arrangement.miss(member, form.cleaned_data.get("words", "")),
        ),
    }


def plain(verb: Callable[[], object]) -> Verb:
    """One that needs nothing from the form."""
    return lambda _form: verb()
