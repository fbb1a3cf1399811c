"""A post for one circle: Alice asks Bob and Dora, who sit with her. Charlie, who sits elsewhere, must not get in."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from groups.circles.models import Circle, Membership
from mindspace.accounts import leaving
from mindspace.accounts.models import Block, Profile, User
from mindspace.moderation.models import Sanction
from mindspace.notifications.models import Notification
from mutualaid import board, matching
from mutualaid.errors import NotFinished, NotNow
from mutualaid.models import Asked, Post, Response
from mutualaid.shown import Shown
from tests.mutualaid.cast import IRVING, alice, bob, charlie, client_of, draft, form_data, grown_up, max_, post

pytestmark = pytest.mark.django_db
TITLE = "Canary soup"


@pytest.fixture
def porch() -> Circle:
    made: Circle = Circle.objects.start(alice(), name="Porch Circle")
    for user in (bob(), grown_up("dora")):
        made.seat(user)
    Circle.objects.start(charlie(), name="Elsewhere")
    return made


@pytest.fixture
def soup(porch: Circle) -> Post:
    return post(who("alice"), TITLE, audience="circle", circle=porch)


def who(name: str) -> User:
    return User.objects.get(email=f"{name}@example.org")


def gives(user: User) -> None:
    place = {name: IRVING[name] for name in ("latitude", "longitude", "x", "y")}
    Profile.objects.filter(user=user).update(can_give=["groceries"], hours=4, languages=["en"], **place)


def everywhere(user: User | None, soup: Post) -> dict[str, bool]:
    """Where this person meets the post."""
    client = client_of(user)
    lists = ("/mutual-aid/", "/mutual-aid/?q=canary", "/mutual-aid/?near=75038", "/mutual-aid/?sort=ending")
    found: dict[str, bool] = {path: TITLE in client.get(path).content.decode() for path in lists}
    found["count"] = client.get("/mutual-aid/?q=canary").context["count"] > 0
    found["page"] = client.get(soup.get_absolute_url()).status_code == 200
    found["feed"] = TITLE in client.get("/mutual-aid/feed/").content.decode()
    found["search"] = TITLE in client.get("/search/?q=canary").content.decode()
    found["answer"] = client.get(f"{soup.get_absolute_url()}answer/").status_code == 200
    if user is not None:
        found["my"] = TITLE in client.get("/my/").content.decode()
        found["could help"] = TITLE in client.get("/mutual-aid/could-help/").content.decode()
        found["export"] = TITLE in str(leaving.everything(user))
        found["helpers"] = user in [each.person for each in matching.suggestions([soup], 9)[soup.pk]]
    return found


NEVER = {"feed", "search", "export"}


def test_those_in_the_circle_see_it(soup: Post) -> None:
    helper = who("bob")
    gives(helper)
    found = everywhere(helper, soup)
    assert {where for where, seen in found.items() if not seen} == NEVER
    page = client_of(helper).get("/mutual-aid/").content.decode()
    assert "Only Porch Circle" in page
    assert "Only Porch Circle" in client_of(helper).get(soup.get_absolute_url()).content.decode()
    assert TITLE in client_of(helper).get(soup.circle.get_absolute_url()).content.decode()


def stranger(porch: Circle) -> User | None:
    return None


def member(porch: Circle) -> User:
    return grown_up("erin")


def of_another_circle(porch: Circle) -> User:
    return who("charlie")


def has_left(porch: Circle) -> User:
    porch.leave(who("bob"))
    return who("bob")


def was_removed(porch: Circle) -> User:
    row = Membership.objects.get(user=who("bob"))
    porch.remove(who("alice"), row)
    return who("bob")


def keeps_apart(porch: Circle) -> User:
    Block.objects.put(who("bob"), who("alice"))
    return who("bob")


def is_kept_apart(porch: Circle) -> User:
    Block.objects.put(who("alice"), who("bob"))
    return who("bob")


@pytest.mark.parametrize(
    "one", [stranger, member, of_another_circle, has_left, was_removed, keeps_apart, is_kept_apart],
    ids=lambda each: each.__name__,
)  # fmt: skip
@pytest.mark.parametrize("ended", [False, True])
def test_nobody_else_meets_it_anywhere(porch: Circle, soup: Post, one: Any, ended: bool) -> None:
    user = one(porch)
    if user is not None:
        gives(user)
    if ended:
        soup.close("fulfilled")
    assert not any(everywhere(user, soup).values())
    if user is not None:
        with pytest.raises(NotNow):
            Response.objects.send_in(None, soup, user, "I can.")


def test_a_moderator_reads_it_and_not_of_whom_it_is(soup: Post) -> None:
    moderator = max_()
    gives(moderator)
    assert not any(everywhere(moderator, soup).values())  # where members are, a moderator is one
    client = client_of(moderator)
    page = client.get(f"{soup.get_absolute_url()}moderation/").content.decode()
    assert TITLE in page
    assert "One circle" in page
    assert "Porch Circle" not in page
    assert client.get(soup.circle.get_absolute_url()).status_code == 404


def test_step_by_step_to_one_circle(porch: Circle) -> None:
    author = who("alice")
    Circle.objects.start(author, name="Garden Circle")
    made = draft(author, TITLE)
    browser = client_of(author)
    page = browser.get(f"/mutual-aid/{made.pk}/edit/who/")
    assert "Only Porch Circle, 3 people" in page.content.decode()
    assert "Only Garden Circle, 1 person" in page.content.decode()
    assert "Elsewhere" not in page.content.decode()
    data = form_data(page.content, audience=f"circle:{porch.pk}")
    assert browser.post(f"/mutual-aid/{made.pk}/edit/who/", data).url == f"/mutual-aid/{made.pk}/edit/check/"
    page = browser.get(f"/mutual-aid/{made.pk}/edit/check/")
    assert "Only Porch Circle" in page.content.decode()
    browser.post(f"/mutual-aid/{made.pk}/edit/check/")
    made.refresh_from_db()
    assert (made.state, made.held_reasons, made.audience, made.circle) == ("held", ["first"], "circle", porch)
    page = browser.get(f"/mutual-aid/{made.pk}/edit/who/")
    assert page.context["form"]["audience"].value() == f"circle:{porch.pk}"
    browser.post(f"/mutual-aid/{made.pk}/edit/who/", form_data(page.content, audience="members"))
    made.refresh_from_db()
    assert (made.audience, made.circle) == ("members", None)


@pytest.mark.parametrize("audience", ["circle", "circle:", "circle:x", "circle:\0", "elsewhere", "nobody"])
def test_only_a_circle_of_ones_own(porch: Circle, audience: str) -> None:
    author = who("alice")
    made = draft(author)
    others = {
        "elsewhere": f"circle:{Circle.objects.get(name='Elsewhere').pk}",
        "nobody": "circle:00000000-0000-4000-8000-000000000000",
    }
    data = {"audience": others.get(audience, audience), "until": "30", "slots": 1}
    answer = client_of(author).post(f"/mutual-aid/{made.pk}/edit/who/", data)
    assert answer.status_code == 400
    assert set(answer.context["form"].errors) == {"audience"}


def test_the_database_wants_to_know_which(porch: Circle) -> None:
    made = draft(who("alice"))
    for fields in ({"audience": "circle"}, {"circle": porch}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Post.objects.filter(pk=made.pk).update(**fields)


def test_whoever_leaves_takes_back_what_they_asked_there(porch: Circle, soup: Post) -> None:
    author, first, second = who("alice"), who("bob"), who("dora")
    elsewhere = post(author, "For all", slots=1)
    Post.objects.filter(pk=soup.pk).update(slots=2)
    agreed = Response.objects.send_in(None, soup, first, "I can.")
    agreed.accept()
    waits = Response.objects.send_in(None, soup, second, "I can, too.")
    porch.leave(author)
    soup.refresh_from_db()
    elsewhere.refresh_from_db()
    agreed.refresh_from_db()
    waits.refresh_from_db()
    assert (soup.state, soup.closed_as, elsewhere.state) == ("closed", "withdrawn", "open")
    assert (agreed.state, waits.state) == ("accepted", "lapsed")
    assert Notification.objects.filter(user=second, kind="mutualaid.lapsed").count() == 1
    assert not Notification.objects.filter(user=first, kind="mutualaid.cancelled").exists()
    for person in (author, first):
        page = client_of(person).get(agreed.get_absolute_url())
        assert page.status_code == 200
    assert client_of(author).get(soup.get_absolute_url()).status_code == 200
    assert client_of(first).get(soup.get_absolute_url()).status_code == 404


def test_what_somebody_answered_goes_on_when_they_leave(porch: Circle, soup: Post) -> None:
    helper = who("bob")
    response = Response.objects.send_in(None, soup, helper, "I can.")
    response.accept()
    porch.leave(helper)
    page = client_of(helper).get(response.get_absolute_url()).content.decode()
    assert TITLE in page
    assert f'href="{soup.get_absolute_url()}"' not in page  # it is not there for them any more
    response.say(helper, "Sunday.", None)
    response.arrangements.get().say_done(helper)
    response.arrangements.get().say_done(who("alice"))
    assert response.arrangements.get().state == "confirmed"


def test_a_chair_names_nobody_who_may_not_take_part(porch: Circle, soup: Post) -> None:
    Response.objects.send_in(None, soup, who("bob"), "I can.").accept()
    assert [chair.name for chair in Shown(soup, who("dora")).chairs] == ["Bob"]
    Sanction.objects.impose(who("bob"), "ban", by=max_(), reason="Harm.")
    soup.refresh_from_db()
    assert [chair.name for chair in Shown(soup, who("dora")).chairs] == [""]


def test_what_waits_for_a_look_is_taken_back_too(porch: Circle) -> None:
    held = draft(who("alice"), audience="circle", circle=porch)
    held.submit()
    porch.leave(who("alice"))
    held.refresh_from_db()
    assert (held.state, held.closed_as) == ("closed", "withdrawn")
    assert not held.helds.exists()


def test_a_draft_for_a_circle_one_has_left_asks_again(porch: Circle) -> None:
    author = who("alice")
    made = draft(author, audience="circle", circle=porch)
    porch.leave(author)
    with pytest.raises(NotFinished):
        made.submit()
    browser = client_of(author)
    assert browser.get(f"/mutual-aid/{made.pk}/edit/check/").url == f"/mutual-aid/{made.pk}/edit/who/"
    page = browser.get(f"/mutual-aid/{made.pk}/edit/who/").content.decode()
    assert "Porch Circle" not in page
    assert "checked" not in page.partition('name="audience"')[2].partition("</fieldset>")[0]


def test_what_opens_again_after_its_author_has_left_is_for_nobody(porch: Circle, soup: Post) -> None:
    """Were it to open at the very moment of their leaving, or by a moderator's word, the query still holds."""
    porch.leave(who("alice"))
    Post.objects.filter(pk=soup.pk).update(state="open", closed_at=None, closed_as="")
    gives(who("bob"))
    assert not any(everywhere(who("bob"), soup).values())


def test_questions_about_it_end_with_the_chair(porch: Circle, soup: Post) -> None:
    helper = who("bob")
    gives(helper)
    Asked.objects.ask(soup, helper, who("alice"))
    assert TITLE in client_of(helper).get("/my/").content.decode()
    porch.leave(helper)
    assert not Asked.objects.exists()


def test_only_those_in_the_circle_are_suggested(porch: Circle, soup: Post) -> None:
    for name in ("bob", "charlie"):
        gives(who(name))
    assert [each.person for each in matching.helpers_for(soup, who("alice"))] == [who("bob")]
    assert [row.post for row in matching.posts_for(who("bob"))] == [soup]
    assert matching.posts_for(who("charlie")) == []


def test_the_posts_of_circles_come_with_one_query(porch: Circle, soup: Post) -> None:
    for_all = post(who("alice"), "For all")
    counts = []
    for user in (who("bob"), who("charlie")):  # both see one post at least
        with CaptureQueriesContext(connection) as found:
            shown = board.find(board.Asked(), user).posts
        counts.append((len(found), for_all in shown, soup in shown))
    assert counts[0][0] == counts[1][0] + 1
    assert [seen for _count, *seen in counts] == [[True, True], [True, False]]


def test_whoever_leaves_the_site_leaves_nothing_to_see(porch: Circle, soup: Post) -> None:
    leaving.leave(who("alice"), keep_posts=True)
    soup.refresh_from_db()
    assert (soup.author, soup.state, soup.circle) == (None, "closed", porch)
    assert not any(everywhere(who("bob"), soup).values())


def test_a_circle_goes_when_nothing_names_it_any_more(porch: Circle, soup: Post) -> None:
    """A post holds it, and with it what two people agreed on; at the end both are gone."""
    with pytest.raises(ProtectedError), transaction.atomic():
        porch.delete()
    for name in ("alice", "bob", "dora"):
        porch.leave(who(name))
    Circle.objects.forget()
    assert Circle.objects.filter(pk=porch.pk).exists()
    soup.refresh_from_db()
    soup.redact(timezone.now())
    Circle.objects.forget()
    assert not Circle.objects.filter(pk=porch.pk).exists()


def test_words_go_and_with_them_the_circle(soup: Post) -> None:
    soup.close("fulfilled")
    soup.redact(timezone.now())
    assert (soup.circle, soup.audience) == (None, "circle")
