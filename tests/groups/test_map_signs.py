"""The signs on the map: links that can be told apart and pressed, and none is lost."""

import math
from collections.abc import Sequence
from itertools import combinations

import pytest
from django.utils import translation

from groups.map import Sign, draw, fitted
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


def test_groups_at_one_place_are_one_sign_that_leads_to_a_list_of_them() -> None:
    door = away(IRVING, 3, 80)
    map = draw(IRVING, 10, [pin(door, "Grief, With Coffee", "#group-4"), pin(door, "Tea", "#group-9")])
    (sign,) = map.signs
    assert (sign.kind, sign.count) == ("count", 2)
    assert sign.name == "2 groups here, 3 miles: Grief, With Coffee and 1 more"
    assert map.signs == map.few_signs
    html = page(map)
    assert len(Links(html).found) == 1
    listed = html.split(f'id="{sign.href.removeprefix("#")}"')[1].split("</ul>")[0]
    assert '<a href="#group-4">Grief, With Coffee</a>' in listed
    assert '<a href="#group-9">Tea</a>' in listed
    assert html.count('class="group-map-list"') == 1, "the signs for the phone have the same list"


def test_a_sign_of_groups_at_several_places_names_no_distance_that_is_true_of_one_only() -> None:
    map = draw(IRVING, 25, [pin(away(IRVING, 3, 80), "Tea"), pin(away(IRVING, 4, 80), "Soup")])
    assert [sign.name for sign in map.signs] == ["2 groups around here: Tea and 1 more"]


def test_of_very_many_groups_a_sign_leads_to_the_first() -> None:
    map = draw(IRVING, 25, scattered(IRVING, 25, 60))
    assert not map.lists
    assert all(sign.href.startswith("/groups/") for sign in map.signs)


def test_the_frame_fits_what_is_on_it_and_never_grows() -> None:
    near_by = [pin(away(IRVING, 3.2, 80)), pin(away(IRVING, 6.4, 180))]
    assert fitted(IRVING, 25, near_by) == 7
    assert fitted(IRVING, 5, near_by) == 5
    assert fitted(IRVING, 25, [pin(IRVING)]) == 2
    assert fitted(IRVING, 25, []) == 25


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
