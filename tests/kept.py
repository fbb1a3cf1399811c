"""The database as migrations left it, for tests that really commit.

Django empties every table after such a test and fills it again, row by row in Python, which takes more than a second.
Here only the tables that a test has changed are put back, from a copy in memory.
"""

from graphlib import TopologicalSorter

from django.db import connection, transaction

ALL = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY relname"
# Who refers to whom at once; Django's own keys are looked at only when a transaction ends.
REFERRING = """
    SELECT child.relname, parent.relname FROM pg_constraint
    JOIN pg_class child ON child.oid = conrelid JOIN pg_class parent ON parent.oid = confrelid
    WHERE contype = 'f' AND NOT condeferrable AND conrelid <> confrelid
"""
COLUMNS = """
    SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute
    WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
"""
CONTENT = "(SELECT md5(string_agg(row::text, '' ORDER BY row::text)) FROM public.{0} row)"


class Kept:
    """Made once, before the first test. A table's rows are compared as text, so that any type will do."""

    def __init__(self) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            names = [name for (name,) in rows(cursor, ALL)]
            order: TopologicalSorter[str] = TopologicalSorter({name: [] for name in names})
            for child, parent in rows(cursor, REFERRING):
                order.add(parent, child)
            self.names = list(order.static_order())
            self.copies: dict[str, tuple[str, bytes]] = {}
            for name in names:
                [[columns]] = rows(cursor, COLUMNS, name)
                with cursor.copy(f"COPY public.{name} ({columns}) TO STDOUT") as copy:
                    self.copies[name] = columns, b"".join(copy)
            contents = [rows(cursor, f"SELECT {CONTENT.format(name)}")[0][0] for name in names]
        self.changed = " UNION ALL ".join(
            f"SELECT '{name}' WHERE {CONTENT.format(name)} IS DISTINCT FROM '{content}'"
            if content
            else f"SELECT '{name}' WHERE EXISTS (SELECT FROM public.{name})"
            for name, content in zip(names, contents, strict=True)
        )

    def put_back(self) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            found = {name for (name,) in rows(cursor, self.changed)}
            changed = [name for name in self.names if name in found]
            for name in changed:  # what a table refuses to anybody else, it does here
                cursor.execute(f"ALTER TABLE public.{name} DISABLE TRIGGER USER")
            for name in changed:
                cursor.execute(f"DELETE FROM public.{name}")
            for name in reversed(changed):
                columns, content = self.copies[name]
                with cursor.copy(f"COPY public.{name} ({columns}) FROM STDIN") as copy:
                    copy.write(content)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for name in changed:
                cursor.execute(f"ALTER TABLE public.{name} ENABLE TRIGGER USER")


def rows(cursor: object, query: str, *params: object) -> list[tuple[str, ...]]:
    cursor.execute(query, params or None)  # type: ignore[attr-defined]
    return cursor.fetchall()  # type: ignore[attr-defined]
