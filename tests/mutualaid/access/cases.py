"""For each form of the board: who may send it, what comes before, and what it says when it is filled in well."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from mindspace.accounts.models import PhoneMember, Profile, User
from mindspace.notifications.models import Notification
from mutualaid.models import Arrangement, Asked, Message, Post, PostReport, Response, Reveal
from mutualaid.moments import stamp
from tests.mutualaid.cast import IRVING, draft, person
from tests.mutualaid.test_reveal import detail_of

STRANGER, BOB, ALICE, BLOCKED, MAX, ED, SUE, CAROL = range(8)
MEMBERS = (BOB, ALICE, BLOCKED, CAROL)
WHAT = {"kind": "request", "category": "groceries", "title": "A bag of rice", "words": "I cannot carry it."}


@dataclass
class World:
    post: Post
    answer: Response
    carol: User
    path: str

    @property
    def alice(self) -> User:
        assert self.post.author
        return self.post.author

    @property
    def arrangement(self) -> Arrangement:
        found: Arrangement = self.answer.arrangements.get()
        return found


@dataclass(frozen=True)
class Case:
    """Who may, the first of whom sends; what comes before; and what the form says, beside what its page does."""

    may: tuple[int, ...]
    before: Callable[[World], Any] = lambda world: None
    says: Callable[[World], dict[str, Any]] = lambda world: {}
    has_page: bool = False


def said(**words: Any) -> Callable[[World], dict[str, Any]]:
    return lambda world: words


def agreed(world: World) -> None:
    world.answer.accept()


def suggested(world: World) -> None:
    agreed(world)
    world.arrangement.suggest(world.answer.by, timezone.now().replace(microsecond=0) + timedelta(days=3))


def bob_said_done(world: World) -> None:
    agreed(world)
    world.arrangement.say_done(world.answer.by)


def both_said_done(world: World) -> None:
    bob_said_done(world)
    world.arrangement.say_done(world.alice)


def rides(world: World) -> None:
    Post.objects.filter(pk=world.post.pk).update(category="rides")


def a_draft(world: World) -> None:
    whole = draft(
        world.alice, "Bread on Mondays", audience="members", ends_on=timezone.localdate() + timedelta(days=30)
    )
    world.path = world.path.replace(str(world.post.pk), str(whole.pk))


def paused(world: World) -> None:
    world.post.pause()


def paused_for_rest(world: World) -> None:
    paused(world)
    Post.objects.filter(pk=world.post.pk).update(paused_for_rest=True)


def ends_soon(world: World) -> None:
    Post.objects.filter(pk=world.post.pk).update(ends_on=timezone.localdate() + timedelta(days=1))


def taken_down(world: World) -> None:
    report = PostReport.objects.send_in(None, world.post, "scam", "", world.answer.by)
    for name in ("one", "two"):
        report.decide(person(name, "Moderator"), "approve", "It asks for money.")


def carol_gives(world: World) -> None:
    place = {name: IRVING[name] for name in ("latitude", "longitude", "x", "y")}
    Profile.objects.filter(user=world.carol).update(can_give=["groceries"], hours=4, languages=["en"], **place)


def carol_is_asked(world: World) -> None:
    carol_gives(world)
    asked = Asked.objects.ask(world.post, world.carol, world.alice)
    world.path = world.path.replace(str(world.post.pk), str(asked.pk))


def bobs_line_is_held(world: World) -> None:
    world.answer.say(world.answer.by, "My number is 214-555-0123.")


def rosa_has_news(world: World) -> None:
    rosa = PhoneMember.objects.get().user
    Response.objects.get(by=rosa).accept()


def news_of_rosa(world: World) -> dict[str, Any]:
    return {"told": [str(each.pk) for each in Notification.objects.filter(user=PhoneMember.objects.get().user)]}


def rosa_has_said_nothing(world: World) -> None:
    Profile.objects.filter(user=PhoneMember.objects.get().user).update(is_adult=False, adult_stated_at=None)


def alice_shows(world: World) -> None:
    agreed(world)
    Reveal.objects.show(detail_of(world.alice), world.arrangement)


def alice_has_a_number(world: World) -> None:
    agreed(world)
    detail_of(world.alice)


def number_of(world: World) -> dict[str, Any]:
    return {"detail": str(world.alice.contact_details.get().pk)}


def in_three_days(world: World) -> dict[str, Any]:
    return {"day": f"{timezone.localdate() + timedelta(days=3)}", "start": "14:00", "minutes": "60"}


CASES: dict[str, Case] = {
    "mutual-aid/new/": Case(MEMBERS, says=said(**WHAT), has_page=True),
    "mutual-aid/<uuid:pk>/edit/check/": Case((ALICE,), a_draft),
    "mutual-aid/<uuid:pk>/edit/<slug:step>/": Case((ALICE,), a_draft, said(**WHAT)),
    "mutual-aid/<uuid:pk>/pause/": Case((ALICE,)),
    "mutual-aid/<uuid:pk>/resume/": Case((ALICE,), paused),
    "mutual-aid/<uuid:pk>/renew/": Case((ALICE,), ends_soon),
    "mutual-aid/go-on/": Case((ALICE, BOB, BLOCKED, MAX, ED, SUE, CAROL), paused_for_rest),
    "mutual-aid/by-phone/<uuid:member>/told/": Case((MAX, SUE), rosa_has_news, news_of_rosa),
    "mutual-aid/by-phone/<uuid:member>/age/": Case((MAX, SUE), rosa_has_said_nothing, said(is_adult="on")),
    "mutual-aid/by-phone/<uuid:member>/new/": Case((MAX, SUE), says=said(**WHAT), has_page=True),
    "mutual-aid/by-phone/<uuid:member>/answer/<uuid:pk>/": Case(
        (MAX, SUE), says=said(words="I have rice.", wanted="on"), has_page=True
    ),
    "mutual-aid/by-phone/<uuid:member>/answers/<uuid:pk>/": Case(
        (MAX, SUE), says=said(do="withdraw", wanted="on"), has_page=True
    ),
    "mutual-aid/<uuid:pk>/ask/": Case((ALICE, MAX, SUE), carol_gives, lambda world: {"person": str(world.carol.pk)}),
    "mutual-aid/asked/<uuid:pk>/no/": Case((CAROL,), carol_is_asked),
    "mutual-aid/<uuid:pk>/report/": Case((BOB, CAROL, MAX, ED, SUE), says=said(reason="scam"), has_page=True),
    "mutual-aid/<uuid:pk>/appeal/": Case((ALICE,), taken_down, said(words="It asks for rice."), has_page=True),
    "mutual-aid/<uuid:pk>/close/": Case((ALICE,), says=said(closed_as="withdrawn"), has_page=True),
    "mutual-aid/<uuid:pk>/answer/": Case((CAROL, BOB), says=said(words="I have rice."), has_page=True),
    "mutual-aid/answers/<uuid:pk>/": Case((BOB, ALICE), says=said(words="On Friday?"), has_page=True),
    "mutual-aid/answers/<uuid:pk>/report/": Case((ALICE, BOB), says=said(reason="harassment"), has_page=True),
    "mutual-aid/thread-reports/<uuid:pk>/": Case((MAX, SUE), says=said(reason="To decide on it."), has_page=True),
    "mutual-aid/answers/<uuid:pk>/accept/": Case((ALICE,)),
    "mutual-aid/answers/<uuid:pk>/decline/": Case((ALICE,)),
    "mutual-aid/answers/<uuid:pk>/withdraw/": Case((BOB,)),
    "mutual-aid/answers/<uuid:pk>/pass/": Case((ALICE, BOB), rides),
    "mutual-aid/answers/<uuid:pk>/thank/": Case((ALICE, BOB), both_said_done, said(card="candle", words="Thank you.")),
    "mutual-aid/answers/<uuid:pk>/take-back/": Case(
        (BOB,), bobs_line_is_held, lambda world: {"line": str(Message.objects.get(state="held").pk)}
    ),
    "mutual-aid/answers/<uuid:pk>/time/": Case((ALICE, BOB), agreed, in_three_days),
    "mutual-aid/answers/<uuid:pk>/time/agree/": Case(
        (ALICE, BOB), suggested, lambda world: {"suggested_at": stamp(world.arrangement.suggested_at or timezone.now())}
    ),
    "mutual-aid/answers/<uuid:pk>/time/keep/": Case((ALICE, BOB), suggested),
    "mutual-aid/answers/<uuid:pk>/dispute/": Case((ALICE, BOB), bob_said_done),
    "mutual-aid/answers/<uuid:pk>/show/": Case((ALICE,), alice_has_a_number, number_of),
    "mutual-aid/answers/<uuid:pk>/hide/": Case((ALICE,), alice_shows, number_of),
    "mutual-aid/answers/<uuid:pk>/done/": Case((ALICE, BOB), agreed),
    "mutual-aid/answers/<uuid:pk>/cancel/": Case((ALICE, BOB), agreed),
    "mutual-aid/answers/<uuid:pk>/missed/": Case((ALICE, BOB), agreed),
}
