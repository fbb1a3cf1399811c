"""What the measurements are made on can be made: its rows go past the models, and a new column is easily forgotten."""

import pytest

from bench import directory, neighbors
from groups.models import Group, SearchRow
from mutualaid import board_index
from mutualaid.models import Arrangement, Post

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_directory() -> None:
    directory.build(40)
    assert Group.objects.count() >= 40
    assert SearchRow.objects.count() >= 40


def test_a_board_and_its_neighbors() -> None:
    member = neighbors.build(2000)
    posts = Post.objects.filter(state="open")
    assert posts.count() == 2000 // neighbors.OPEN_EVERY
    assert Arrangement.objects.filter(state="confirmed").exists()
    assert member.profile.can_give
    one = posts.filter(remote=False)[0]
    made = set(one.facets)
    board_index.write(one)
    assert set(one.facets) == made
