"""The list of a search on paper."""

import pytest
from django.test import Client

from groups import printing
from tests.groups.listing import group, moved, place

pytestmark = pytest.mark.django_db


def text(client: Client, **asked: object) -> str:
    answer = client.get("/groups/print/", asked)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_it_says_when_where_and_how_to_reach_each_group(client: Client) -> None:
    group("Tea", where=place(hint="Side door"), contact_by="public", public_phone="+12145550142", cost="free",
          how_to_join="Ring twice.")  # fmt: skip
    group("Far", where=place(latitude=40.7, longitude=-74.0, city="New York", state="NY"))
    said = text(client, near="75038", day="tue")
    for words in (
        "Support groups near Irving, TX", "Asked for: Tuesday.",
        "Every Tuesday at 6.30 pm", "The Porch", "+1 (214) 555 0142",
        "100 Quiet Lane, Irving, TX 75038", "Side door", "Free", "Ring twice.", "/groups/tea/", "988",
        'content="noindex"', 'href="/groups/?near=75038&amp;day=tue"',
    ):  # fmt: skip
        assert words in said, words
    assert "New York" not in said


def test_the_results_lead_to_it_and_it_keeps_their_order(client: Client) -> None:
    group("Near", where=place(latitude=32.9))
    group("Here")
    assert "/groups/print/?near=75038" in client.get("/groups/", {"near": "75038"}).content.decode()
    said = text(client, near="75038")
    assert said.index("Here") < said.index("Near</h2>")


def test_a_long_list_is_cut_and_says_so(
    client: Client, monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries
) -> None:
    for number in range(4):
        group(f"Tea {number}")
    monkeypatch.setattr(printing, "MOST", 3)
    with django_assert_max_num_queries(16):
        said = text(client, near="75038")
    assert said.count("<article") == 3
    assert "These are the first 3." in said
    assert "Nobody is listed for that yet." in text(client, q="zzzz")


def test_a_moved_meeting_is_marked_on_paper(client: Client) -> None:
    made = group("Tea")
    moved(made)
    assert "(moved)" in text(client)


def test_junk_is_answered_with_a_message(client: Client) -> None:
    assert client.get("/groups/print/", {"day": "noday"}).status_code == 400
    assert client.post("/groups/print/").status_code == 405
