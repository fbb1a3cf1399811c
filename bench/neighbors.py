"""A board of made-up posts over real ZIP codes, one in twenty of them open, and their authors, made inside the database.

Each row is a copy of one that the site's own code made; what the board finds a post by follows mutualaid.board_index.
"""

from itertools import pairwise
from typing import Any

from django.contrib.auth.models import Group as Role
from django.db import connection, transaction
from django.utils import timezone

from bench import givers
from bench.directory import WORDS, _stage_zips
from groups import facets
from groups.geometry import MERCATOR_METERS
from mindspace.accounts.models import Block, Profile, User
from mutualaid import board_index
from mutualaid.models import Post

OPEN_EVERY = 20
REMOTE_EVERY = 4
POSTS_A_MEMBER = 5
CHUNK = 100_000
IRVING = {"latitude": 32.87, "longitude": -96.99, "x": -10796877.0, "y": 3873400.0}


def build(count: int) -> User:
    """Fill the empty board with `count` posts; return one of its members."""
    member = User.objects.create_user("bench@example.org", display_name="Bench")
    profile = Profile.objects.create(
        user=member, is_adult=True, adult_stated_at=timezone.now(), can_give=["listening", "groceries"], **IRVING
    )
    template = Post.objects.create(
        author=member, category="errands", title="Bench", words="A few words that say what it is about.", remote=True
    )
    with connection.cursor() as cursor, transaction.atomic():
        _stage_zips(cursor)
        _insert_members(cursor, member, max(count // POSTS_A_MEMBER, 100))
        for first, last in pairwise([*range(0, count, CHUNK), count]):
            _insert(cursor, template, first + 1, last)
        givers.insert(profile)
    Post.objects.filter(pk=template.pk).delete()
    Block.objects.bulk_create(Block(blocker=member, blocked=each) for each in User.objects.exclude(pk=member.pk)[:20])
    with connection.cursor() as cursor:
        for model in (Post, Block, Role, *givers.MODELS):
            cursor.execute(f"VACUUM ANALYZE {model._meta.db_table}")
    return member


def _insert_members(cursor: Any, like: User, count: int) -> None:
    columns = [str(field.column) for field in User._meta.concrete_fields]
    own = {"id": "gen_random_uuid()", "email": "'n' || i || '@example.org'", "display_name": "'Neighbor ' || i"}
    values = ", ".join(own.get(column, f"t.{column}") for column in columns)
    cursor.execute(
        f"INSERT INTO {User._meta.db_table} ({', '.join(columns)}) SELECT {values} "
        f"FROM generate_series(1, {count}) AS i CROSS JOIN {User._meta.db_table} AS t WHERE t.id = %s",
        [like.pk],
    )
    cursor.execute(f"CREATE TEMP TABLE member AS SELECT row_number() OVER () - 1 AS n, id FROM {User._meta.db_table}")
    cursor.execute("CREATE UNIQUE INDEX ON member (n)")
    cursor.execute("ANALYZE member")
    cursor.execute(
        "CREATE OR REPLACE FUNCTION pg_temp.mix(i int, salt int) RETURNS int LANGUAGE sql IMMUTABLE AS "
        "$$ SELECT abs(hashint4(i * 31 + salt * 7919)) $$"
    )


def _insert(cursor: Any, template: Post, first: int, last: int) -> None:
    words = "ARRAY['" + "','".join(WORDS) + "']"
    codes = "ARRAY['" + "','".join(board_index.CATEGORIES) + "']"
    numbers = f"ARRAY{list(board_index.CATEGORIES.values())}"
    x, y = f"{MERCATOR_METERS} * radians(longitude)", f"{MERCATOR_METERS} * ln(tan(pi() / 4 + radians(latitude) / 2))"
    cell = (
        f"({facets.CELL} + (floor(({y}) / {facets.CELL_METERS}) + 500) * {facets.CELLS_A_ROW}"
        f" + floor(({x}) / {facets.CELL_METERS}) + 500)::int"
    )
    mixed = f"""
        SELECT i, city, latitude, longitude, member.id AS author, i %% {OPEN_EVERY} = 0 AS open,
            i / {OPEN_EVERY} %% {REMOTE_EVERY} = 0 AS remote, mix(i, 4) %% 2 = 0 AS offers,
            1 + mix(i, 5) %% {len(board_index.CATEGORIES)} AS about, mix(i, 6) %% 43200 AS ago,
            initcap(({words})[1 + mix(i, 1) %% 20] || ' ' || ({words})[1 + mix(i, 2) %% 20]) || ' ' || i AS title
        FROM generate_series({first}, {last}) AS i
        JOIN zip ON zip.n = mix(i, 8) %% (SELECT count(*) FROM zip)
        JOIN member ON member.n = mix(i, 9) %% (SELECT count(*) FROM member)
    """.replace("mix(", "pg_temp.mix(")
    cursor.execute(f"CREATE TEMP TABLE made ON COMMIT DROP AS {mixed}", [])
    own = {
        "id": "gen_random_uuid()", "author_id": "author", "title": "title",
        "kind": "CASE WHEN offers THEN 'offer' ELSE 'request' END", "category": f"({codes})[about]", "remote": "remote",
        "area_name": "CASE WHEN remote THEN '' ELSE city END", "audience": "CASE WHEN i / 20 % 3 = 0 THEN 'public' ELSE 'members' END",
        "latitude": "CASE WHEN remote THEN NULL ELSE latitude END", "longitude": "CASE WHEN remote THEN NULL ELSE longitude END",
        "x": f"CASE WHEN remote THEN NULL ELSE {x} END", "y": f"CASE WHEN remote THEN NULL ELSE {y} END",
        "state": "CASE WHEN open THEN 'open' ELSE 'closed' END", "closed_as": "CASE WHEN open THEN '' ELSE 'fulfilled' END",
        "opened_at": "now() - ago * interval '1 minute'", "true_at": "now() - ago * interval '1 minute'",
        "closed_at": "CASE WHEN open THEN NULL ELSE now() - ago * interval '1 second' END",
        "ends_on": "current_date + 1 + ago % 30",
        "facets": f"ARRAY[CASE WHEN offers THEN {board_index.OFFER} ELSE {board_index.REQUEST} END, ({numbers})[about], "
        f"CASE WHEN remote THEN {board_index.REMOTE} ELSE {board_index.NEARBY} END, {board_index.GIFT}] "
        f"|| CASE WHEN remote THEN '{{}}'::int[] ELSE ARRAY[{cell}] END",
        "search": "CASE WHEN open THEN setweight(to_tsvector('english', title), 'A') "
        "|| setweight(to_tsvector('english', city), 'C') || setweight(to_tsvector('english', t.words), 'D') END",
    }  # fmt: skip
    columns = [str(field.column) for field in Post._meta.concrete_fields]
    aliased = ", ".join(f'"{column}" AS "t_{column}"' for column in columns)
    values = ", ".join(own.get(column, f'"t_{column}"').replace("t.words", "t_words") for column in columns)
    names = ", ".join(f'"{column}"' for column in columns)
    table = Post._meta.db_table
    cursor.execute(
        f"INSERT INTO {table} ({names}) SELECT {values} FROM made CROSS JOIN "
        f"(SELECT {aliased} FROM {table} WHERE id = '{template.pk}') AS t"
    )
    cursor.execute("DROP TABLE made")
