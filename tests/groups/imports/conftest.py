"""Feeds for the tests, in few words: `feed(row(name="Tea"))` is the path of a Meeting Guide file."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from groups.imports import formats
from groups.models import ImportRun, Source, Topic

HERE = {"location": "The Porch", "formatted_address": "100 Quiet Lane, Irving, TX 75038, USA", "latitude": 32.86,
        "longitude": -96.99}  # fmt: skip


def row(name: str = "Tea", **fields: Any) -> dict[str, Any]:
    """A row of Meeting Guide that is right."""
    slug = name.lower().replace(" ", "-")
    return {"name": name, "slug": slug, "day": 2, "time": "18:30", "timezone": "America/Chicago", **HERE, **fields}


def rows(count: int, **fields: Any) -> list[dict[str, Any]]:
    return [row(f"Circle {number}", **fields) for number in range(count)]


@pytest.fixture
def source(db: None) -> Source:
    made = Source.objects.create(name="Neighbors", format="meeting_guide", kind="twelve_step")
    made.topics.set(Topic.objects.filter(slug="alcohol"))
    return made


@pytest.fixture
def feed(tmp_path: Path) -> Callable[..., Path]:
    def write(*feed_rows: dict[str, Any]) -> Path:
        path = tmp_path / "feed.json"
        path.write_text(json.dumps(feed_rows))
        return path

    return write


@pytest.fixture
def check(source: Source, feed: Callable[..., Path]) -> Callable[..., ImportRun]:
    return lambda *feed_rows: formats.check_file(source, feed(*feed_rows))


@pytest.fixture
def take(check: Callable[..., ImportRun]) -> Callable[..., ImportRun]:
    """Check and apply, as the command does."""

    def both(*feed_rows: dict[str, Any], reason: str = "") -> ImportRun:
        run = check(*feed_rows)
        run.apply(reason=reason)
        return run

    return both


def counts(run: ImportRun) -> dict[str, int]:
    """What is not zero."""
    names = ("added", "changed", "unchanged", "aside", "refused", "missing", "paused")
    return {name: getattr(run, name) for name in names if getattr(run, name)}
