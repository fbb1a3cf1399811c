"""Rows for PostgreSQL's COPY: the one way in that is quick enough for a hundred thousand listings.

What a row leaves out is what a new row of the model has. The triggers that write the history see every row.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from django.db import connection, models


@lru_cache(maxsize=16)
def _columns(model: type[models.Model]) -> tuple[tuple[str, str, Any], ...]:
    """(attribute, column, what a new row has) for each but those that have to be given."""
    found: list[tuple[str, str, Any]] = []
    for field in model._meta.concrete_fields:
        made_anew = field.has_default() and callable(field.default) and field.default is not list
        found.append((field.attname, str(field.column), None if made_anew else field.get_default()))
    return tuple(found)


def reserve(model: type[models.Model], count: int) -> list[int]:
    """Primary keys that nobody else gets."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [f'"{table}"', count]
        )
        return [pk for (pk,) in cursor.fetchall()]


def copy(model: type[models.Model], rows: Iterable[Mapping[str, Any]]) -> None:
    """Write rows, each as the values of its attributes."""
    known = _columns(model)
    names = ", ".join(f'"{column}"' for _attribute, column, _default in known)
    with connection.cursor() as cursor, cursor.copy(f'COPY "{model._meta.db_table}" ({names}) FROM STDIN') as target:
        for row in rows:
            target.write_row([row.get(attribute, default) for attribute, _column, default in known])
