"""The signs on the map: links that can be told apart and pressed, and none is lost."""

import math
from collections.abc import Sequence
from itertools import combinations

import pytest
from django.utils import translation

from groups.map import Sign, draw
from tests.groups.maps import IRVING, Links, away, near, page, pin, scattered


def apart(signs: Sequence[Sign]) -> float:
    return min((math.dist((a.x, a.y), (b.x, b.y)) for a, b in combinations(signs, 2)), default=math.inf)


@pytest.mark.parametrize("count", [2, 40, 500])
def test_signs_never_cover_one_another_and_none_is_lost(count: int) -> None:
    marks = scattered(IRVING, 25, count)
    map = draw(IRVING, 25, marks)
    for signs, at_least in ((map.signs, 59), (map.few_signs, 112)):
        assert sum(sign.count for sign in signs) + map.beyond == count
        assert apart(signs) >= at_least
        assert len({sign.href for sign in signs}) == len(signs)
    assert len(map.signs) <= 48
    assert map.beyond == 0


def test_groups_at_one_place_are_one_sign_that_leads_to_the_first_of_them() -> None:
    door = away(IRVING, 3, 80)
    map = draw(IRVING, 10, [pin(door, "Grief, With Coffee", "#group-4"), pin(door, "Tea", "#group-9")])
    (sign,) = map.signs
    assert (sign.kind, sign.count, sign.href) == ("count", 2, "#group-4")
    assert sign.name == "2 groups around here, 3 miles: Grief, With Coffee and 1 more"
    assert map.signs == map.few_signs
    assert len(Links(page(map)).found) == 1


def test_what_is_off_the_sheet_is_counted() -> None:
    map = draw(IRVING, 10, [pin(away(IRVING, 3, 80)), pin(away(IRVING, 40, 80)), near(away(IRVING, 40, 180))])
    assert map.beyond == 2
    assert "2 groups lie beyond this map." in page(map)


def test_with_no_marks_the_page_says_so() -> None:
    html = page(draw(IRVING, 25, [], "Irving, TX"), list_id="results")
    assert "No group of this search has a place on this map." in html
    assert "Skip the map" not in html
    assert "Map of groups near Irving, TX" in html


def test_each_sign_is_a_link_with_a_name_and_its_distance() -> None:
    html = page(draw(IRVING, 25, [pin(away(IRVING, 2, 90)), pin(away(IRVING, 20, 90), "Far")]), list_id="results")
    assert Links(html).found == [["/groups/tea/", "Tea on Tuesdays, 2 miles"], ["/groups/tea/", "Far, 20 miles"]]
    assert 'href="#results"' in html
    assert 'role="img"' not in html


def test_numbers_are_written_for_svg_in_every_language() -> None:
    map = draw(IRVING, 30, scattered(IRVING, 30, 5))
    with translation.override("de"):
        assert 'r="88.0"' in page(map)
