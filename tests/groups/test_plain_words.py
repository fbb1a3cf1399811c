"""Words that people use: days, languages and needs as ways to narrow, and what a sentence is about."""

from datetime import UTC, datetime, time

import pytest
import time_machine
from django.test import Client

from tests.groups.listing import group

pytestmark = pytest.mark.django_db


def names(client: Client, words: str, **asked: object) -> list[str]:
    answer = client.get("/groups/", {"q": words, **asked})
    assert answer.status_code == 200
    return [result.group.name for result in answer.context["results"]]


def text(client: Client, words: str) -> str:
    return " ".join(client.get("/groups/", {"q": words}).content.decode().split())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("sunday", "Sunday"), ("grief on sundays", "Sunday"), ("español", "Spanish"), ("spanish", "Spanish"),
        ("free", "Free"), ("step free", "Step-free"), ("step-free", "Step-free"), ("wheelchair", "Step-free"),
        ("sunday evening", "Sunday, Evening"),
    ],
)  # fmt: skip
def test_days_languages_cost_and_needs_narrow_and_the_page_says_so(client: Client, words: str, said: str) -> None:
    group("This", about=("grief",), when="FREQ=WEEKLY;BYDAY=SU", languages=["es"], cost="free", step_free=True)
    group("That", about=("grief",), summary="Grief, a free cup on sunday, spanish tiles, steps at the door.")
    assert names(client, words) == ["This"]
    assert f"From your words we took: {said}." in text(client, words)


@time_machine.travel(datetime(2026, 11, 28, 3, tzinfo=UTC), tick=False)  # Friday evening in Texas
def test_tonight_is_this_day_of_the_week_and_the_evening(client: Client) -> None:
    group("Supper", when="FREQ=WEEKLY;BYDAY=FR", at=time(17, 30))
    group("Breakfast", when="FREQ=WEEKLY;BYDAY=FR", at=time(8))
    group("Saturday", when="FREQ=WEEKLY;BYDAY=SA", at=time(18))
    assert names(client, "tonight") == ["Supper"]
    assert sorted(names(client, "today")) == ["Breakfast", "Supper"]


def test_other_languages_are_known_by_their_names(client: Client) -> None:
    group("Bread", languages=["fa"])
    group("Soup", languages=["en"])
    assert names(client, "farsi") == ["Bread"]


def test_a_name_that_says_a_day_is_still_found(client: Client) -> None:
    group("Sunday Kettle", when="FREQ=WEEKLY;BYDAY=TU")
    assert names(client, "sunday kettle") == ["Sunday Kettle"]
    assert "we took" not in text(client, "sunday kettle")


@pytest.mark.parametrize(
    ("words", "found", "topic"),
    [
        ("my mom died", "Soup", "Grief and loss"),
        ("someone to talk to about my divorce", "Parted", "Separation and divorce"),
        ("gamblers", "Dice", "Gambling"),
        ("gamblers anonymous", "Dice", "Gambling"),
    ],
)
def test_a_sentence_finds_the_topic_that_one_of_its_words_names(
    client: Client, words: str, found: str, topic: str
) -> None:
    group("Soup", about=("grief",))
    group("Parted", about=("separation",))
    group("Dice", about=("gambling",))
    group("Carers", about=("caregiving", "parents"))
    assert names(client, words) == [found]
    assert f"We found nothing for “{words}”. This is for “{topic}”." in text(client, words)


def test_where_the_topic_has_no_group_either_nothing_is_said_to_be_for_it(client: Client) -> None:
    group("Tea")
    assert "This is for" not in text(client, "gamblers")


def test_the_words_that_were_mended_are_said_beside_those_that_were_written(client: Client) -> None:
    group("After a loss", about=("grief",))
    assert "We found nothing for “greif”. This is for “grief”." in text(client, "greif")
