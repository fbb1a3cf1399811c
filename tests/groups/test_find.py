"""Finding a group: what is asked, what is shown, and what is said when nothing fits."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import time, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from articles.models import Resource
from groups import finding
from groups.indexing import refresh
from groups.models import NameWord, Organization, SearchRow
from groups.tasks import learn_names
from tests.groups.listing import group, place

pytestmark = pytest.mark.django_db
DALLAS = {"city": "Dallas", "postal_code": "75201", "latitude": 32.7876, "longitude": -96.7994}
AUSTIN = {"city": "Austin", "postal_code": "78701", "latitude": 30.2713, "longitude": -97.7426}


def names(client: Client, **asked: object) -> list[str]:
    answer = client.get("/groups/", asked)
    assert answer.status_code == 200
    return [result.group.name for result in answer.context["results"]]


def text(client: Client, **asked: object) -> str:
    return " ".join(client.get("/groups/", asked).content.decode().split())


def test_near_a_zip_or_a_town_the_nearest_comes_first_and_far_ones_do_not(client: Client) -> None:
    group("Far", where=place(**AUSTIN))
    group("Near", where=place(**DALLAS))
    group("Here")
    group("On a screen", how="online")
    for near in ("75038", "Irving", "irving tx", "Irvign, Texas"):
        assert names(client, near=near) == ["Here", "Near"], near
    assert names(client, near="75038", miles="5") == ["Here"]
    assert "1 online group fits too, at any distance." in text(client, near="75038")
    assert "We took the place for Irving, TX." in text(client, near="irvign tx")
    assert names(client, near="75038", how="online") == ["On a screen"]


@pytest.mark.parametrize("asked", [{"day": "tue"}, {"kind": "peer"}, {"day": "tue", "kind": "peer"}])
def test_near_a_town_what_lacks_one_thing_is_left_out(client: Client, asked: dict[str, str]) -> None:
    """One common filter is looked at row by row on the way out; two are gathered first."""
    group("Right", kind="peer")
    group("Wrong", kind="identity", when="FREQ=WEEKLY;BYDAY=SA")
    assert names(client, near="75038", **asked) == ["Right"]
    page = client.get("/groups/", {"near": "75038", **asked})
    assert page.context["found"].count == 1


def test_words_find_topics_by_their_other_names_and_by_near_misses(client: Client) -> None:
    group("After a loss", about=("grief",))
    group("Sober Tuesdays", about=("alcohol",))
    group("A calm hour", about=("anxiety",))
    for words, name in (("greif", "After a loss"), ("AA", "Sober Tuesdays"), ("panic", "A calm hour")):
        assert names(client, q=words) == [name], words
    assert "This is for “grief”." in text(client, q="greif")
    assert "We list that under Alcohol." in text(client, q="AA")
    assert names(client, q="support group for grief 75038") == ["After a loss"]


def test_names_are_found_with_slips_and_the_page_says_what_it_took_them_for(client: Client) -> None:
    friends = Organization.objects.create(name="The Compassionate Friends")
    group("Candlelight", organization=friends)
    group("Zebulon Porch")
    group("Xerxes Lantern", status="pending")
    for _twice in range(2):
        learn_names(0)
    assert names(client, q="Compasionate Frends") == ["Candlelight"]
    assert "This is for “compassionate friends”." in text(client, q="Compasionate Frends")
    assert names(client, q="zebulno") == ["Zebulon Porch"]
    assert names(client, q="zebulno porhc", near="Irving, TX") == ["Zebulon Porch"]
    assert "xerxes" not in text(client, q="xerxse"), "no word of what is not listed is given away"
    assert names(client, q="qqqqqq") == []


def test_words_of_names_go_with_the_last_that_has_them(client: Client) -> None:
    made = group("Zebulon")
    learn_names(0)
    made.status = "closed"
    made.save()
    learn_names(0)
    assert not NameWord.objects.exists()


def test_each_way_to_narrow(client: Client) -> None:
    group("Tuesday", kind="peer", languages=["en"], cost="free", step_free=True, about=("veterans",))
    group("Friday", when="FREQ=WEEKLY;BYDAY=FR", at=time(9), kind="twelve_step", languages=["es"], cost="fee")
    for asked in ({"day": "tue"}, {"time": "evening"}, {"kind": "peer"}, {"language": "en"}, {"cost": "free"},
                  {"needs": "step_free"}, {"audience": "veterans"}):  # fmt: skip
        assert names(client, **asked) == ["Tuesday"], asked
    assert names(client, day="fri", time="morning", kind="twelve_step") == ["Friday"]
    page = client.get("/groups/", {"day": "tue", "needs": ["step_free", "transit"]})
    assert [chip["name"] for chip in page.context["chips"]] == ["Tuesday", "Step-free", "Near a bus or train"]
    assert "needs=transit" in page.context["chips"][1]["without"]
    assert "step_free" not in page.context["chips"][1]["without"]


def test_what_is_not_stated_is_not_found_as_a_yes_nor_shown_as_a_no(client: Client) -> None:
    group("Tuesday")
    assert names(client, needs="step_free") == []
    answer = client.get("/groups/tuesday/").content.decode()
    assert "Step-free" not in answer


def test_online_are_meetings_and_communities_and_not_whoever_names_no_time(client: Client) -> None:
    group("Ask us", when="")
    group("Forum", when="", kind="online")
    group("Night", when="", always_open=True)
    group("Call", how="online")
    assert sorted(names(client, how="online")) == ["Call", "Forum", "Night"]
    assert "Ask us" in names(client)


def test_soonest_first_without_a_place_and_each_group_once_on_a_page(client: Client) -> None:
    today = timezone.now().astimezone().weekday()
    days = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
    group("Later", when=f"FREQ=WEEKLY;BYDAY={days[(today + 4) % 7]}")
    group("Sooner", when=f"FREQ=WEEKLY;BYDAY={days[(today + 2) % 7]}")
    assert names(client) == ["Sooner", "Later"]
    assert names(client, near="75038", sort="next") == ["Sooner", "Later"]


SORTED = {"near": "75038", "day": "tue", "kind": "peer"}  # all that fits is fetched, and counted on the way


@pytest.mark.parametrize("asked", [{}, {"near": "75038"}, {"q": "circle"}, SORTED])
def test_pages_by_key_show_every_group_once(client: Client, asked: dict[str, str]) -> None:
    for number in range(30):
        group(f"Circle {number}")
    seen: list[str] = []
    after = ""
    while True:
        answer = client.get("/groups/", {**asked, "after": after} if after else asked)
        seen += [result.group.name for result in answer.context["results"]]
        after = answer.context["found"].next_after
        if not after:
            break
        assert answer.context["found"].count == 30
    assert sorted(seen) == sorted(f"Circle {number}" for number in range(30))


@pytest.mark.parametrize("asked", [{"near": "75038"}, SORTED])
def test_many_are_counted_no_further_than_is_said(
    client: Client, asked: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(16):
        group(f"Circle {number}")
    for count in (15, 20):
        monkeypatch.setattr(finding, "COUNT_TO", count)
        monkeypatch.setattr(finding, "MOST_ROWS", count + 1)
        assert client.get("/groups/", asked).context["found"].count == 16


def test_stale_ones_and_paid_therapy_come_after_the_rest_and_are_labeled(client: Client) -> None:
    now = timezone.now()
    group("Stale", confirmed_at=now - timedelta(days=200))
    group("Therapy", is_therapy=True)
    for number in range(13):
        group(f"Circle {number}", where=place(**DALLAS))
    assert {"Stale", "Therapy"}.isdisjoint(names(client, near="75038"))
    after = client.get("/groups/", {"near": "75038"}).context["found"].next_after
    assert names(client, near="75038", after=after)[-2:] == ["Stale", "Therapy"]
    said = text(client, near="75038", after=after)
    assert "Not checked for half a year" in said
    assert "Paid therapy" in said
    assert names(client, near="75038", therapy="only") == ["Therapy"]
    assert "Therapy" not in names(client, near="75038", therapy="no", after=after)


def test_paused_pending_closed_and_old_ones_are_not_shown(client: Client) -> None:
    now = timezone.now()
    group("Shown")
    group("Paused", paused_from=now - timedelta(days=1))
    group("Waiting", status="pending")
    group("Gone", status="closed")
    group("Old", confirmed_at=now - timedelta(days=366))
    assert names(client) == ["Shown"]
    assert '<a href="/groups/paused/" lang="en-us">Paused</a> rests for now.' in text(client)
    for slug, status in (("shown", 200), ("paused", 200), ("waiting", 404), ("gone", 404), ("old", 404)):
        assert client.get(f"/groups/{slug}/").status_code == status, slug


def test_when_nothing_fits_there_is_somewhere_to_go(client: Client) -> None:
    group("Wider", where=place(latitude=33.4, longitude=-97.0))
    group("On a screen", how="online")
    page = client.get("/groups/", {"near": "75038"})
    said = " ".join(page.content.decode().split())
    assert "within 50 miles" in said
    assert "1 group that meets online" in said
    assert "tel:988" in said
    for slug in ("griefshare", "aa-meetings"):
        Resource.objects.create(
            slug=slug, kind="finder", name=slug.title(), summary="Lists.", url="https://example.org/"
        )
    grief = text(client, q="grief")
    assert "Griefshare" in grief
    assert "Aa-Meetings" not in grief
    Resource.objects.create(slug="any", kind="finder", name="Anything", summary="Lists.", url="https://example.org/")
    nothing = text(client, q="zzzz")
    assert "Nobody is listed for that yet" in nothing
    assert "Anything" in nothing
    assert "Aa-Meetings" not in nothing, "it lists what was not asked for"
    assert "Anything" in text(client, audience="veterans")
    assert "Aa-Meetings" not in text(client, audience="veterans")
    assert "Aa-Meetings" in text(client, near="Fairbanks, AK")


@pytest.mark.parametrize(
    "asked",
    [
        {"q": "a" * 300}, {"near": "x" * 100}, {"day": "noday"}, {"miles": "9e9"}, {"after": "'; drop"},
        {"topic": "none"}, {"needs": "wings"}, {"after": "9" * 400},
    ],
)  # fmt: skip
def test_junk_is_answered_with_a_message(client: Client, asked: dict[str, str]) -> None:
    assert client.get("/groups/", asked).status_code == 400


def test_nul_and_odd_words_harm_nothing(client: Client) -> None:
    for words in ("a\x00b", "':*&|!()", "\\", "-", '"', "😀", "groups"):
        assert client.get("/groups/", {"q": words, "near": words[:60]}).status_code in (200, 400), words


def test_here_leads_to_the_town_and_never_to_coordinates(client: Client) -> None:
    answer = client.post("/groups/near/", {"latitude": "32.87", "longitude": "-96.99", "q": "grief"})
    assert answer["Location"] == "/groups/?q=grief&near=Irving%2C+TX"
    for junk in ({"latitude": "999", "longitude": "0"}, {"latitude": "nan", "longitude": "inf"}, {}):
        refused = client.post("/groups/near/", junk)
        assert refused.status_code == 400
        assert "We could not tell which town that is." in refused.content.decode()
    page = client.get("/groups/near/")
    assert "geolocation=(self)" in page["Permissions-Policy"]
    assert "geolocation=()" in client.get("/groups/")["Permissions-Policy"]


def test_rows_follow_the_group(client: Client) -> None:
    made = group("Tea")
    made.status = "closed"
    made.save()
    refresh([made.pk])
    assert not SearchRow.objects.exists()


@contextmanager
def while_it_is_read(change: Callable[[], object], times: int) -> Iterator[None]:
    """As another process would: `change` right after the rows of a page were chosen, so many times."""
    left = times

    def after(execute: Callable[..., object], sql: str, *said: object) -> object:
        nonlocal left
        found = execute(sql, *said)
        if left and sql.startswith('SELECT "groups_searchrow"."id" AS "pk"'):
            left -= 1
            change()
        return found

    with connection.execute_wrapper(after):
        yield
    assert not left


@pytest.mark.parametrize("path", ["/groups/", "/groups/print/"])
def test_a_group_that_changes_or_goes_while_it_is_read_harms_no_page(client: Client, path: str) -> None:
    made, other = group("Tea"), group("Coffee")

    def shown() -> str:
        answer = client.get(path, {"near": "75038"})
        assert answer.status_code == 200
        return answer.content.decode()

    with while_it_is_read(lambda: refresh([made.pk]), 1):
        assert "Tea" in shown()
    with while_it_is_read(lambda: refresh([made.pk]), 2):  # all the time: the others are shown
        assert "Coffee" in shown()
    with while_it_is_read(lambda: (SearchRow.objects.filter(group=other).delete(), other.delete()), 1):
        assert "Coffee" not in shown()


def test_a_longer_list_takes_no_more_queries(client: Client, django_assert_max_num_queries) -> None:
    for number in range(14):
        made = group(f"Tea {number}", platform="Forum", cost="fee", languages=["es"], step_free=True, about=("grief",))
        made.schedules.get().exceptions.create(day=timezone.localdate(), kind="cancelled")
    group("Forum", when="", kind="online", always_open=True)
    client.get("/groups/")
    for asked in ({"near": "75038"}, {"sort": "next"}, {"how": "online"}):
        with django_assert_max_num_queries(12):
            client.get("/groups/", asked)


def test_by_time_the_distance_is_said_too_and_a_group_names_its_other_times(client: Client) -> None:
    made = group("Tea", when="FREQ=WEEKLY;BYDAY=MO", where=place(**DALLAS))
    first = made.schedules.get()
    first.pk = None
    first.rule = "FREQ=WEEKLY;BYDAY=TH"
    first.save()
    refresh([made.pk])
    said = text(client, near="75038", sort="next")
    assert "Dallas, TX · 12 miles" in said
    assert "And 1 more time" in said


@pytest.mark.parametrize("asked", [{}, {"how": "online"}, {"near": "75038", "sort": "next"}])
@pytest.mark.parametrize("part", [0, 2])
def test_a_page_that_would_begin_in_the_year_33658_is_refused(client: Client, asked: dict[str, str], part: int) -> None:
    group("Here")
    assert client.get("/groups/", {**asked, "after": f"{part}:999999999999:1"}).status_code == 400
    assert client.get("/groups/", {**asked, "after": f"{part}:9999999999:1"}).status_code == 200


def test_a_group_that_shows_only_its_town_is_found_and_on_no_map(client: Client) -> None:
    group("Quiet", where=place(publicity="on_request"))
    answer = client.get("/groups/", {"near": "75038"})
    assert [result.group.name for result in answer.context["results"]] == ["Quiet"]
    assert answer.context["map"] is None
    group("Patch", where=place(publicity="area"))
    drawn = client.get("/groups/", {"near": "75038"}).context["map"]
    assert [sign.name.split(",")[0] for sign in drawn.signs] == ["Patch"]


@pytest.mark.parametrize("order", ["", "next"])
def test_near_a_town_the_online_groups_are_always_said(client: Client, order: str) -> None:
    group("Here", where=place())
    group("Anywhere", how="online")
    page = client.get("/groups/", {"near": "75038", "sort": order}).content.decode()
    assert "1 online group fits too, at any distance." in page
