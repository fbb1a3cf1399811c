"""What a search says of itself: how much it found, what rests, what would fit instead, and whom one can call."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from groups import finding
from groups.indexing import refresh
from groups.models import MeetingSchedule
from mindspace.site.models import HelpLine
from tests.groups.listing import group, moved, place

pytestmark = pytest.mark.django_db
DALLAS = {"city": "Dallas", "postal_code": "75201", "latitude": 32.7876, "longitude": -96.7994}
AUSTIN = {"city": "Austin", "postal_code": "78701", "latitude": 30.2713, "longitude": -97.7426}


def text(client: Client, **asked: object) -> str:
    answer = client.get("/groups/", asked)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def title(client: Client, **asked: object) -> str:
    found = re.search(r"<h1>(.*?)\s*</h1>", text(client, **asked))
    assert found
    return found[1]


def status(client: Client, **asked: object) -> str:
    found = re.search(r'role="status">\s*(.*?)\s*</p>', text(client, **asked))
    assert found
    return found[1]


def second_time(made: Any, **fields: Any) -> None:
    schedule = made.schedules.get()
    schedule.pk = None
    schedule.rule = "FREQ=WEEKLY;BYDAY=TH"
    for name, value in fields.items():
        setattr(schedule, name, value)
    schedule.save()
    refresh([made.pk])


@time_machine.travel(datetime(2026, 11, 27, 15, tzinfo=UTC), tick=False)
def test_what_rests_is_named_where_it_fits_and_nowhere_else(client: Client) -> None:
    until = datetime(2026, 12, 21, 18, tzinfo=UTC)
    group("Vets Round the Table", about=("veterans",), paused_from=timezone.now() - timedelta(days=3),
          paused_until=until)  # fmt: skip
    group("Rainbow Kitchen", about=("lgbtq",))
    group("Far Away", where=place(**AUSTIN))
    said = "Vets Round the Table</a> rests until December 21."
    for asked in ({"q": "vets"}, {"q": "veterans"}, {"audience": "veterans"}, {"near": "Irving, TX"}, {}):
        assert said in text(client, **asked), asked
    for asked in ({"q": "gay"}, {"q": "zzzz"}, {"near": "Austin, TX"}, {"day": "fri"}, {"therapy": "only"}):
        assert "Vets Round the Table" not in text(client, **asked), asked
    assert 'href="/groups/vets-round-the-table/"' in text(client, q="vets")
    assert title(client, q="vets") == "What fits is on a pause"


def test_words_of_a_group_that_rests_are_no_slips(client: Client) -> None:
    group("Grieve", about=("grief",), paused_from=timezone.now() - timedelta(days=3))
    group("Greave")
    assert "This is for" not in text(client, q="grieve")


def test_more_than_three_that_rest_are_not_all_named(client: Client) -> None:
    for number in range(5):
        group(f"Rest {number}", paused_from=timezone.now() - timedelta(days=3))
    said = text(client, q="rest")
    assert said.count("rests for now.") == 3
    assert "More groups that fit are on a pause." in said


@pytest.mark.parametrize("words", ["I want to die", "suicidal", "domestic violence", "my husband hits me"])
def test_words_of_a_crisis_are_met_with_help_lines_before_anything_else(client: Client, words: str) -> None:
    group("After a loss", about=("loss-by-suicide",))
    said = text(client, q=words)
    assert "You can talk to someone now" in said
    assert 'href="tel:988"' in said.split("<main")[1].split("<form")[0], "before the form and the results"
    assert "Nobody is listed" not in said.split("<form")[0]
    assert "These other sites list groups" not in said
    assert 'class="help-lines"' not in text(client, q="grief")


def test_the_line_that_speaks_of_it_is_among_the_first_few(client: Client) -> None:
    said = text(client, q="domestic violence")
    assert "National Domestic Violence Hotline" in said
    assert said.count('class="help-line"') == 3


def test_where_nothing_fits_the_help_lines_that_speak_of_it_are_named(client: Client) -> None:
    HelpLine.objects.create(slug="beekeepers", name="Line for Beekeepers", what_it_is="A call.", phone="+18005550100")
    assert "Line for Beekeepers" in text(client, q="beekeepers")
    assert "Line for Beekeepers" not in text(client, q="zzzz")


def test_each_group_counts_once_and_the_status_says_groups(client: Client) -> None:
    made = group("Night Owls")
    second_time(made)
    group("Tea")
    assert MeetingSchedule.objects.count() == 3
    assert status(client, q="night owls") == "1 group"
    assert title(client, q="night owls") == "1 light on"
    assert status(client, near="75038") == "2 groups"
    assert title(client, near="75038") == "2 lights on near 75038"
    assert "2 groups, nearest first." in text(client, near="75038")
    assert status(client, q="zzzz") == "No groups"


def test_on_a_later_page_each_group_counts_once_too(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(14):
        second_time(group(f"Circle {number}"))
    first = client.get("/groups/", {"near": "75038"}).context["found"]
    assert first.count == 14
    assert client.get("/groups/", {"near": "75038", "after": first.next_after}).context["found"].count == 14
    monkeypatch.setattr(finding, "COUNT_TO", 13)
    assert "More than 100 groups" not in text(client, near="75038"), "the words stand for the number"
    assert client.get("/groups/", {"near": "75038"}).context["found"].count == 14


def test_the_ways_to_narrow_stay_folded_and_say_how_many_are_chosen(client: Client) -> None:
    group("Tea", how="online")
    said = text(client, how="online", day="tue")
    assert '<details class="group-more"> <summary>More ways to narrow (2 chosen)</summary>' in said
    assert "<summary>More ways to narrow</summary>" in text(client)
    wrong = " ".join(client.get("/groups/", {"day": "noday"}).content.decode().split())
    assert '<details class="group-more" open>' in wrong


def test_nothing_says_what_is_true_and_leads_to_what_fits_with_one_thing_less(client: Client) -> None:
    group("Soup", about=("loneliness",))
    group("Tea", when="FREQ=WEEKLY;BYDAY=MO")
    group("Vets", about=("veterans", "loneliness"), where=place(**AUSTIN))
    asked = {"near": "Irving", "topic": "loneliness", "audience": "veterans"}
    assert title(client, **asked) == "Nothing near Irving, TX fits all of that"
    page = client.get("/groups/", asked)
    found = {each.name: (each.count, each.page) for each in page.context["instead"].looser}
    assert {name: count for name, (count, _page) in found.items()} == {
        "without “Veterans”": 1, "all near Irving, TX": 2, "the same, anywhere": 1,
    }  # fmt: skip
    assert found["all near Irving, TX"][1] == "/groups/?near=Irving"
    assert found["without “Veterans”"][1] == "/groups/?near=Irving&topic=loneliness"
    said = text(client, near="Irving", q="zzzz", day="mon")
    assert "without “zzzz”</a>, 1 group" in said
    assert "all near Irving, TX</a>, 2 groups" in said
    assert title(client, near="Fairbanks, AK") == "No light on near Fairbanks, AK yet"
    assert title(client, audience="women") == "No light on for that yet"
    assert title(client, audience="women", day="mon") == "Nothing fits all of that yet"


def test_distance_is_neither_said_nor_offered_where_it_means_nothing(client: Client) -> None:
    group("Call", how="online")
    group("Tea")
    chips = client.get("/groups/", {"miles": "5", "sort": "next"}).context["chips"]
    assert chips == []
    page = client.get("/groups/", {"near": "Irving", "how": "online", "miles": "5"})
    assert [chip["name"] for chip in page.context["chips"]] == ["Online"]
    assert title(client, near="Irving", how="online", miles="5") == "1 group online"
    assert "near Irving, TX" not in text(client, near="Irving", how="online").split("<main")[1]
    near = client.get("/groups/", {"near": "Irving", "miles": "5", "sort": "next"}).context["chips"]
    assert [chip["name"] for chip in near] == ["5 miles", "Soonest first"]
    assert "Nearest first, if you name a place" in text(client)


def test_a_moved_meeting_is_marked_on_its_card(client: Client) -> None:
    made = group("Tea")
    assert "Moved" not in text(client)
    moved(made)
    assert '<span class="group-flag">Moved</span>' in text(client)


def test_nothing_is_found_in_a_bounded_number_of_queries(client: Client, django_assert_max_num_queries: Any) -> None:
    group("Tea")
    client.get("/groups/")
    asked = {"near": "Irving", "q": "zzzz", "topic": "grief", "audience": "women", "day": "mon", "cost": "free",
             "needs": ["step_free", "captions", "childcare"]}  # fmt: skip
    with django_assert_max_num_queries(24):
        client.get("/groups/", asked)
