"""What Rosa has to hear: a moderator reads it, the oldest first, tells her, and notes that."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mindspace.accounts import leaving
from mindspace.accounts.models import PhoneMember, User
from mindspace.moderation.models import PersonReport, Sanction
from mindspace.notifications.models import Notification
from mindspace.notifications.telling import notify
from mindspace.site import hours
from mutualaid import hearing, today
from mutualaid.models import HeldMessage, HeldPost, Response
from tests.mutualaid.cast import alice, bob, client_of, draft, form_data, grown_up, max_, mia, person, post, rosa

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator() -> User:
    return max_()


@pytest.fixture
def member(moderator: User) -> PhoneMember:
    return rosa(moderator)


@pytest.fixture
def by_phone(moderator: User) -> Client:
    return client_of(moderator)


def home(member: PhoneMember) -> str:
    return f"/mutual-aid/by-phone/{member.pk}/"


def answered(member: PhoneMember) -> Response:
    made: Response = Response.objects.send_in(None, post(member.user, "A bag of rice"), bob(), "I can bring it.")
    return made


def sentences(member: PhoneMember, moderator: User) -> list[tuple[str, str]]:
    return [(each.row.kind, each.page) for each in hearing.to_hear(member, moderator)]


def test_all_she_has_to_hear_the_oldest_first_with_the_page_of_moderators(
    by_phone: Client, member: PhoneMember, moderator: User
) -> None:
    response = answered(member)
    response.say(response.by, "On Friday?")
    notify(member.user, "mutualaid.ending", "ends:1", response.post.get_absolute_url(), "A bag of rice")
    there = f"{home(member)}answers/{response.pk}/"
    look = f"/mutual-aid/{response.post_id}/moderation/"
    assert sentences(member, moderator) == [
        ("mutualaid.answered", there), ("mutualaid.message", there), ("mutualaid.ending", look),
    ]  # fmt: skip
    page = by_phone.get(home(member)).content.decode()
    said = ["Somebody answered you.", "Somebody wrote to you.", "Something of yours ends soon, or has ended."]
    places = [page.index(f"“{each}”") for each in said]
    assert places == sorted(places)
    assert places[0] < page.index("Their posts")
    assert all(by_phone.get(each.page).status_code == 200 for each in hearing.to_hear(member, moderator))


def test_every_page_it_leads_to_opens_for_this_moderator_and_else_there_is_none(member: PhoneMember) -> None:
    me, other = mia(), max_other()
    mine = Response.objects.create(post=post(member.user), by=me)
    notify(member.user, "mutualaid.answered", "1", mine.get_absolute_url())
    notify(member.user, "mutualaid.asked", "2", "/mutual-aid/could-help/")
    notify(member.user, "mutualaid.ending", "3", draft(member.user).get_absolute_url())
    notify(member.user, "mutualaid.back", "4", "/of/older/code/")
    notify(member.user, "mutualaid.back", "5")
    Sanction.objects.impose(member.user, "mute", by=me, reason="x", until=timezone.now() + timedelta(days=3))
    assert [bool(page) for _kind, page in sentences(member, me)] == [False] * 5 + [True]
    assert [bool(page) for _kind, page in sentences(member, other)] == [True] + [False] * 4 + [True]
    for user in (me, other):
        client, page = client_of(user), client_of(user).get(home(member)).content.decode()
        for each in hearing.to_hear(member, user):
            assert not each.page or client.get(each.page).status_code == 200
            assert not each.row.path or f'href="{each.row.path}"' not in page  # those are for her, who has no screen


def max_other() -> User:
    return person("moe", "Moderator")


def test_one_is_told_and_the_rest_waits_and_who_told_it_stays(
    by_phone: Client, member: PhoneMember, moderator: User
) -> None:
    response = answered(member)
    response.say(response.by, "On Friday?")
    first, second = Notification.objects.of(member.user).order_by("at")
    for _click in range(2):
        assert by_phone.post(f"{home(member)}told/", {"told": first.pk})["Location"] == home(member)
    client_of(mia()).post(f"{home(member)}told/", {"told": first.pk})
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.told_by, bool(first.read_at), second.told_by, second.read_at) == (moderator, True, None, None)
    page = by_phone.get(home(member)).content.decode()
    assert page.index("“Somebody wrote to you.”") < page.index("Told them: “Somebody answered you.”")


def test_all_that_was_on_the_page_is_told_and_nothing_that_came_meanwhile(
    by_phone: Client, member: PhoneMember
) -> None:
    response = answered(member)
    response.say(response.by, "On Friday?")
    read_out = [str(row.pk) for row in Notification.objects.of(member.user)]
    page = by_phone.get(home(member)).content.decode()
    assert "I told them all of this" in page
    assert all(f'name="told" value="{pk}"' in page for pk in read_out)
    response.say(response.by, "Or on Saturday?")
    by_phone.post(f"{home(member)}told/", {"told": read_out})
    assert Notification.objects.of(member.user).unread().count() == 1


def test_on_the_page_of_a_conversation_what_is_new_in_it(by_phone: Client, member: PhoneMember) -> None:
    response = answered(member)
    notify(member.user, "mutualaid.ending", "ends:1", response.post.get_absolute_url(), "A bag of rice")
    there = f"{home(member)}answers/{response.pk}/"
    page = by_phone.get(there)
    assert "“Somebody answered you.”" in page.content.decode()
    assert "ends soon" not in page.content.decode()
    assert Notification.objects.of(member.user).unread().count() == 2  # opening it tells her nothing
    told = Notification.objects.get(kind="mutualaid.answered")
    sent = by_phone.post(f"{home(member)}told/", {"told": told.pk, "answer": response.pk})
    assert sent["Location"] == there
    assert "Somebody answered you" not in by_phone.get(there).content.decode().split("What was done")[0]


@pytest.mark.parametrize(
    "junk", [{}, {"told": "x"}, {"told": "\x00"}, {"told": "00000000-0000-4000-8000-000000000000"}]
)
def test_junk_tells_nothing(by_phone: Client, member: PhoneMember, junk: dict[str, str]) -> None:
    answered(member)
    assert by_phone.post(f"{home(member)}told/", junk).status_code == 404
    assert Notification.objects.of(member.user).unread().count() == 1


def test_nobody_elses_news_and_not_after_she_took_it_back(by_phone: Client, member: PhoneMember) -> None:
    other = alice()
    row = notify(other, "mutualaid.answered", "1")
    assert by_phone.post(f"{home(member)}told/", {"told": row.pk}).status_code == 404
    hers = notify(member.user, "mutualaid.answered", "1")
    assert client_of(other).post(f"{home(member)}told/", {"told": hers.pk}).status_code == 404
    member.end()
    assert by_phone.post(f"{home(member)}told/", {"told": hers.pk}).status_code == 404
    assert not Notification.objects.exclude(read_at=None).exists()


def test_nothing_is_told_by_somebody_and_still_waits(member: PhoneMember, moderator: User) -> None:
    row = notify(member.user, "mutualaid.answered", "1")
    with pytest.raises(IntegrityError), transaction.atomic():
        Notification.objects.filter(pk=row.pk).update(told_by=moderator)


def test_what_was_told_is_in_her_export(member: PhoneMember, moderator: User) -> None:
    notify(member.user, "mutualaid.answered", "1")
    Notification.objects.of(member.user).tell(moderator)
    [told] = leaving.everything(member.user)["notifications"]["told"]
    assert (told["read_out_by"], bool(told["read_at"])) == ("Max", True)


def test_what_comes_later_waits_for_its_hour(member: PhoneMember, moderator: User) -> None:
    notify(member.user, "mutualaid.reminder", "1", when=timezone.now() + timedelta(hours=3))
    assert sentences(member, moderator) == []
    assert rows_of(moderator) == []
    with time_machine.travel(timezone.now() + timedelta(hours=4)):
        assert [kind for kind, _page in sentences(member, moderator)] == ["mutualaid.reminder"]


def rows_of(moderator: User) -> list[tuple[str, int]]:
    return [(row.label, row.count) for row in today.by_phone(moderator) if row.count]


def test_whoever_waits_longest_is_first_on_the_list_and_today_counts_them(by_phone: Client, moderator: User) -> None:
    for name, days in (("Nina", None), ("Paula", 1), ("Quinn", 5)):
        made = PhoneMember.objects.welcome(moderator, name, "Yes.")
        for number in range(2 if days else 0):
            when = timezone.now() - timedelta(days=(days or 0) - number * 0.1)
            notify(made.user, "mutualaid.answered", f"{number}", when=when)
    gone = PhoneMember.objects.welcome(moderator, "Gone", "Yes.")
    notify(gone.user, "mutualaid.answered", "1")
    gone.end()
    page = by_phone.get("/accounts/by-phone/").content.decode()
    places = [page.index(f">{name}</a>") for name in ("Quinn", "Paula", "Nina")]
    assert places == sorted(places)
    since = timezone.localtime(Notification.objects.order_by("at")[0].at)
    assert f"2 things to tell them, the first since {hours.moment(since, 'M j')}" in page
    assert "Nothing to tell them" in page
    assert "Gone" not in page
    assert rows_of(moderator) == [("2 people helped by phone have something to hear", 2)]
    Notification.objects.update(read_at=timezone.now())
    assert rows_of(moderator) == []


def test_she_hears_what_became_of_a_post_that_was_looked_at(member: PhoneMember, moderator: User) -> None:
    """Others get a mail of it at once; she has no mailbox."""
    draft(member.user, "A bag of rice", written_by=moderator).submit()
    held = HeldPost.objects.get()
    held.decide(mia(), "ask", "How heavy is it?")
    held.refresh_from_db()
    page = client_of(moderator).get(home(member)).content.decode()
    assert "A moderator asks: “How heavy is it?”" in page
    held.reply("Ten pounds.")
    held.decide(person("moe", "Moderator"), "approve")
    assert [kind for kind, _page in sentences(member, moderator)] == ["mutualaid.looked_at"] * 2
    other = draft(alice())
    other.submit()
    mail.outbox.clear()
    HeldPost.objects.get(post=other).decide(moderator, "ask", "Which days?")
    HeldPost.objects.get(post=other).reply("Sundays.")
    HeldPost.objects.get(post=other).decide(moderator, "approve")
    told = Notification.objects.filter(user=other.author)
    assert [(row.kind, row.path, row.mail_at) for row in told] == [
        ("mutualaid.looked_at", other.get_absolute_url(), None)
    ] * 2
    assert [message.subject for message in mail.outbox] == ["A question for you", "An answer for you"]


def test_each_kind_word_to_her_is_on_the_page_that_its_news_leads_to(
    by_phone: Client, member: PhoneMember, moderator: User
) -> None:
    other = mia()
    response = Response.objects.send_in(None, post(alice()), member.user, "I can.")
    line = response.say(member.user, "I want to die. Call 214-555-0142.")
    hers = draft(member.user, "A bag of rice", words="I want to die.")
    hers.submit()
    HeldMessage.objects.get(message=line).write(other, "Of the line.")
    PersonReport.objects.send_in(None, member.user, "self_harm", "", bob()).write(other, "Of her.")
    HeldPost.objects.get(post=hers).write(other, "Of the post.")
    pages = [by_phone.get(each.page).content.decode() for each in hearing.to_hear(member, moderator)]
    said = [[words for words in ("Of the line.", "Of her.", "Of the post.") if words in page] for page in pages]
    assert said == [["Of the line."], ["Of her."], ["Of the post."]]
    assert "read it to them" in pages[1]


def test_a_word_to_somebody_who_reads_it_themselves_is_on_no_page_of_moderators(by_phone: Client) -> None:
    theirs = alice()
    PersonReport.objects.send_in(None, theirs, "self_harm", "", bob()).write(mia(), "Of her.")
    assert "Of her." not in by_phone.get(f"/moderation/people/{theirs.pk}/").content.decode()


def test_neither_her_page_nor_the_list_asks_more_for_more_rows(
    by_phone: Client, member: PhoneMember, moderator: User
) -> None:
    def asked(path: str) -> int:
        by_phone.get(path)
        with CaptureQueriesContext(connection) as queries:
            assert by_phone.get(path).status_code == 200
        return len(queries)

    counts = []
    for rows in (range(2), range(2, 12)):
        for number in rows:
            made = post(member.user, f"Post {number}", slots=2)
            Response.objects.send_in(None, made, grown_up(f"h{number}"), "I can.").accept()
            PhoneMember.objects.welcome(moderator, f"Member {number}", "Yes.")
        counts.append((asked(home(member)), asked("/accounts/by-phone/")))
    assert counts[0] == counts[1]


def test_what_is_done_for_her_is_no_news_for_her(by_phone: Client, member: PhoneMember) -> None:
    made = post(member.user, "A bag of rice", slots=3)
    helper = bob()
    for verbs in (("accept", "suggest", "done"), ("decline",), ("say", "accept", "cancel")):
        Response.objects.filter(state="declined").delete()
        response = Response.objects.send_in(None, made, helper, "I can bring it.")
        path = f"{home(member)}answers/{response.pk}/"
        Notification.objects.filter(user=member.user).delete()
        for do in verbs:
            said = more(by_phone.get(path).content, do)
            assert by_phone.post(path, said).status_code == 302, do
        assert Notification.objects.filter(user=helper).exists()
        Response.objects.filter(pk=response.pk).delete()
    for verb in ("pause", "resume", "renew"):
        by_phone.post(f"/mutual-aid/{made.pk}/{verb}/")
    by_phone.post(f"/mutual-aid/{made.pk}/close/", {"closed_as": "withdrawn"})
    assert not Notification.objects.filter(user=member.user).exists()


def more(page: bytes, do: str) -> dict[str, Any]:
    said = {"do": do, "wanted": "on"}
    if do == "suggest":
        said |= {"day": f"{timezone.localdate() + timedelta(days=3)}", "start": "14:00"}
    if do == "say":
        said["words"] = "Thank you for asking."
    return form_data(page, **said)
