"""A directory of made-up groups, spread over real ZIP codes, made inside the database.

Each row is a copy of one that the site's own code made, with a name, a place, a day and topics of its own; the search
rows follow groups.indexing and groups.facets. Triggers are off meanwhile: history of rows that nobody wrote is none.
"""

from collections.abc import Mapping
from datetime import date, time
from itertools import pairwise
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from groups import facets
from groups.geometry import MERCATOR_METERS
from groups.indexing import refresh
from groups.models import Group, MeetingSchedule, NextStart, Organization, Place, SearchRow, Topic
from groups.towns import atlas

WORDS = [
    "harbor",
    "morning",
    "river",
    "quiet",
    "open",
    "lantern",
    "table",
    "garden",
    "bridge",
    "evening",
    "window",
    "corner",
    "kitchen",
    "meadow",
    "circle",
    "porch",
    "candle",
    "station",
    "orchard",
    "hillside",
]
ONLINE_EVERY = 10  # one group in ten meets online
RARE = "deaf-people"  # the topic that one group in 2,000 has
CHUNK = 100_000
NUMBERED: tuple[Any, ...] = (Place, Group, MeetingSchedule, SearchRow)
MODELS: tuple[Any, ...] = (*NUMBERED, NextStart, Group.topics.through)


def build(count: int) -> None:
    """Fill the empty directory with `count` groups."""
    template = _template()
    with connection.cursor() as cursor:
        for model in MODELS:
            cursor.execute(f"ALTER TABLE {model._meta.db_table} DISABLE TRIGGER USER")
    with connection.cursor() as cursor, transaction.atomic():
        _stage_zips(cursor)
        for first, last in pairwise([*range(0, count, CHUNK), count]):
            _insert(cursor, template, first + 1, last)
        for model in NUMBERED:
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [model._meta.db_table, count + 1000])
    with connection.cursor() as cursor:
        for model in MODELS:
            cursor.execute(f"ALTER TABLE {model._meta.db_table} ENABLE TRIGGER USER")
            cursor.execute(f"VACUUM ANALYZE {model._meta.db_table}")


def _template() -> dict[type, Any]:
    """One of each row, made by the site's own code."""
    Organization.objects.get_or_create(name="Bench")
    place = Place.objects.create(city="Irving", state="TX", latitude=32.8, longitude=-96.9, zone="America/Chicago")
    group = Group.objects.create(slug="bench", name="Bench", status="listed", confirmed_at=timezone.now(), cost="free")
    group.languages = ["en"]
    group.save()
    schedule = MeetingSchedule.objects.create(
        group=group, place=place, modality="in_person", first_day=date(2026, 1, 1), start=time(18), zone=place.zone,
        rule="FREQ=WEEKLY;BYDAY=MO",
    )  # fmt: skip
    refresh([group.pk])
    row = SearchRow.objects.get(group=group)
    return {Place: place, Group: group, MeetingSchedule: schedule, SearchRow: row, NextStart: row.next_start}


def _stage_zips(cursor: Any) -> None:
    cursor.execute("CREATE TEMP TABLE zip (n int PRIMARY KEY, city text, state text, latitude float, longitude float)")
    found = atlas()
    areas = [index for index in range(len(found.names)) if found.whole[index]]
    with cursor.copy("COPY zip FROM STDIN") as copy:
        for n, index in enumerate(areas):
            row = (n, found.names[index], found.states[index], found.latitudes[index], found.longitudes[index])
            copy.write_row(row)


def _insert(cursor: Any, template: Mapping[type, Any], first: int, last: int) -> None:
    """Rows `first` to `last`: number `i` has the primary key 1000 + i in every table."""
    everyday = [topic.pk for topic in Topic.objects.exclude(slug=RARE)]
    rare = Topic.objects.get(slug=RARE).pk
    words = "ARRAY['" + "','".join(WORDS) + "']"
    topics = f"ARRAY{everyday}::int[]"
    topic = f"CASE WHEN i %% 2000 = 0 THEN {rare} ELSE ({topics})[1 + mix(i, 3) %% {len(everyday)}] END"
    days = "ARRAY['MO','TU','WE','TH','FR','SA','SU']"
    online = f"(i %% {ONLINE_EVERY} = 0)"
    kinds = f"ARRAY{list(facets.KINDS.values())[:3]}::int[]"
    name = f"initcap(({words})[1 + mix(i, 1) %% 20] || ' ' || ({words})[1 + mix(i, 2) %% 20])"
    x = f"{MERCATOR_METERS} * radians(longitude)"
    y = f"{MERCATOR_METERS} * ln(tan(pi() / 4 + radians(latitude) / 2))"
    cell = (
        f"{facets.CELL} + (floor(({y}) / {facets.CELL_METERS}) + 500) * {facets.CELLS_A_ROW}"
        f" + floor(({x}) / {facets.CELL_METERS}) + 500"
    )
    spread = "((mix(i, 9) %% 2000) - 1000) / 50000.0"  # about a mile
    mixed = f"""
        SELECT i, city, state, latitude + {spread} AS latitude, longitude - {spread} AS longitude,
            {name} AS name, {topic} AS topic, {online} AS online, mix(i, 4) %% 7 AS day, 6 + mix(i, 5) %% 16 AS hour,
            ({kinds})[1 + mix(i, 6) %% 3] AS kind
        FROM generate_series({first}, {last}) AS i JOIN zip ON n = mix(i, 8) %% (SELECT count(*) FROM zip)
    """
    cursor.execute(
        "CREATE OR REPLACE FUNCTION pg_temp.mix(i int, salt int) RETURNS int LANGUAGE sql IMMUTABLE AS "
        "$$ SELECT abs(hashint4(i * 31 + salt * 7919)) $$"
    )
    mixed = mixed.replace("mix(", "pg_temp.mix(")
    cursor.execute(f"CREATE TEMP TABLE made ON COMMIT DROP AS {mixed}", [])
    time_facet = (
        f"CASE WHEN hour < 12 THEN {facets.TIMES['morning']} WHEN hour < 17 THEN {facets.TIMES['afternoon']} "
        f"WHEN hour < 21 THEN {facets.TIMES['evening']} ELSE {facets.TIMES['night']} END"
    )
    own: dict[type, dict[str, str]] = {
        Place: {"id": "1000 + i", "city": "city", "state": "state", "latitude": "latitude", "longitude": "longitude"},
        Group: {
            "id": "1000 + i", "key": "gen_random_uuid()", "slug": "'bench-' || i", "name": "name",
        },
        MeetingSchedule: {
            "id": "1000 + i", "group_id": "1000 + i", "place_id": "CASE WHEN online THEN NULL ELSE 1000 + i END",
            "modality": "CASE WHEN online THEN 'online' ELSE 'in_person' END", "start": "make_time(hour, 0, 0)",
            "rule": f"'FREQ=WEEKLY;BYDAY=' || ({days})[1 + day]",
        },
        SearchRow: {
            "id": "1000 + i", "group_id": "1000 + i", "schedule_id": "1000 + i",
            "x": f"CASE WHEN online THEN NULL ELSE {x} END", "y": f"CASE WHEN online THEN NULL ELSE {y} END",
            "facets": f"ARRAY[CASE WHEN online THEN {facets.ONLINE} ELSE {facets.IN_PERSON} END, kind, "
            f"{facets.DAYS[0]} + day, {time_facet}, {facets.COSTS['free']}, {facets.LANGUAGES['en']}, "
            f"{facets.TOPIC} + topic] || CASE WHEN online THEN '{{}}'::int[] ELSE ARRAY[({cell})::int] END",
            "vector": "setweight(to_tsvector('english', name), 'A') || setweight(to_tsvector('english', (SELECT "
            "named.name || ' ' || array_to_string(synonyms, ' ') FROM groups_topic named WHERE named.id = topic)), 'B')"
            " || setweight(to_tsvector('english', city), 'C')",
        },
        NextStart: {
            "row_id": "1000 + i", "starts_at": "now() + (day * 24 + hour) * interval '1 hour'",
            "ends_at": "now() + (day * 24 + hour + 1) * interval '1 hour'",
        },
    }  # fmt: skip
    for model, expressions in own.items():
        table, pk = model._meta.db_table, template[model].pk  # type: ignore[attr-defined]
        columns = [field.column for field in model._meta.concrete_fields]  # type: ignore[attr-defined]
        values = ", ".join(expressions.get(column, f"t.{column}") for column in columns)
        key = model._meta.pk.column  # type: ignore[attr-defined]
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values} FROM made CROSS JOIN "
            f"(SELECT {', '.join(f'{c} AS t_{c}' for c in columns)} FROM {table} WHERE {key} = {pk}) AS t".replace(
                "t.", "t.t_"
            )
        )
    cursor.execute("INSERT INTO groups_group_topics (group_id, topic_id) SELECT 1000 + i, topic FROM made")
    cursor.execute("DROP TABLE made")
