"""What the made-up members of the board say they give, who vouched for some, and what a few of them have done lately.

For matching: among 200,000 members three of ten kinds each, one in five vouched for, one in twenty with something agreed.
"""

from typing import Any

from django.db import connection

from groups.geometry import MERCATOR_METERS
from mindspace.accounts.models import Profile, User, Vouch
from mutualaid import board_index
from mutualaid.models import Arrangement, Post, Response

VOUCHED_EVERY = 5
BUSY_EVERY = 20


def insert(like: Profile) -> None:
    """Give every member but `like` a profile; the tables `zip` and `member` and the function `mix` are there."""
    with connection.cursor() as cursor:
        _profiles(cursor, like)
        cursor.execute(
            f"INSERT INTO {Vouch._meta.db_table} (voucher_id, vouched_id, at, by_moderator) "
            f"SELECT '{like.pk}', id, now(), true FROM member WHERE n % {VOUCHED_EVERY} = 0 AND id <> '{like.pk}' ON CONFLICT DO NOTHING"
        )
        _arrangements(cursor)


def _profiles(cursor: Any, like: Profile) -> None:
    codes = "ARRAY['" + "','".join(board_index.CATEGORIES) + "']::varchar[]"
    own = {
        "user_id": "member.id", "area_name": "zip.city", "latitude": "zip.latitude", "longitude": "zip.longitude",
        "x": f"{MERCATOR_METERS} * radians(zip.longitude)",
        "y": f"{MERCATOR_METERS} * ln(tan(pi() / 4 + radians(zip.latitude) / 2))",
        "can_give": f"ARRAY[({codes})[1 + mix(21) % 10], ({codes})[1 + mix(22) % 10], ({codes})[1 + mix(23) % 10]]",
        "hours": "nullif(mix(24) % 9, 8)",
        "languages": "CASE WHEN mix(25) % 4 = 0 THEN ARRAY['en', 'es'] ELSE ARRAY['en'] END::varchar[]",
        "asked_at": "CASE WHEN mix(26) % 2 = 0 THEN now() - mix(27) % 40000 * interval '1 minute' END",
    }  # fmt: skip
    columns = [str(field.column) for field in Profile._meta.concrete_fields]
    values = ", ".join(own.get(column, f't."{column}"') for column in columns)
    values = values.replace("mix(", "pg_temp.mix(member.n::int, ")
    table = Profile._meta.db_table
    cursor.execute(
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values} "
        "FROM member JOIN zip ON zip.n = pg_temp.mix(member.n::int, 28) % (SELECT count(*) FROM zip) "
        f"CROSS JOIN {table} AS t WHERE t.user_id = '{like.pk}' AND member.id <> t.user_id "
        "ON CONFLICT DO NOTHING"  # the examples have one
    )


def _arrangements(cursor: Any) -> None:
    response, arrangement = Response._meta.db_table, Arrangement._meta.db_table
    for table in (response, arrangement):  # each row would take a lock of its own
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    cursor.execute(
        f"INSERT INTO {response} (id, post_id, by_id, state, is_held, made_at, decided_at) "
        "SELECT gen_random_uuid(), post.id, member.id, 'finished', false, now(), now() FROM member JOIN ("
        f"SELECT id, row_number() OVER () * {BUSY_EVERY} AS n FROM {Post._meta.db_table} "
        "WHERE state = 'closed' AND kind = 'request') AS post ON post.n = member.n"
    )
    cursor.execute(
        f"INSERT INTO {arrangement} (id, response_id, state, sequence, agreed_at, done_by_author_at, done_by_other_at, ended_at) "
        f"SELECT gen_random_uuid(), id, 'confirmed', 0, now() - interval '1 day', now(), now(), now() FROM {response} "
        f"WHERE id NOT IN (SELECT response_id FROM {arrangement})"  # the examples have some
    )
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with checks to come cannot be altered
    for table in (response, arrangement):
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


MODELS = (User, Profile, Vouch, Response, Arrangement)
