"""Columns that hold what `encryption.encrypt` made. Apps name theirs in AppConfig.ready, so that keys can be replaced.

    sealed.register("groups.Group", "sealed_email")

The column's history, if it has one, is a model of its own and is named, too.
"""

from collections.abc import Iterator

import pgtrigger
from django.apps import apps
from django.db import models, transaction

from mindspace.encryption import rotate

_columns: dict[str, tuple[str, ...]] = {}


def register(model: str, *columns: str) -> None:
    """`model` as "app.Model". An empty string in a column stands for nothing."""
    _columns[model] = columns


def columns() -> Iterator[tuple[type[models.Model], tuple[str, ...]]]:
    for model, names in sorted(_columns.items()):
        yield apps.get_model(model), names


def rotate_all() -> int:
    """Encrypt every registered column anew with the first of FIELD_KEYS; return how many rows. Raises CannotDecrypt."""
    return sum(_rotate_row(model, pk, names) for model, names in columns() for pk in _filled(model, names))


def _filled(model: type[models.Model], names: tuple[str, ...]) -> list[object]:
    empty = models.Q(**dict.fromkeys(names, ""))
    return list(model._default_manager.exclude(empty).values_list("pk", flat=True))


def _rotate_row(model: type[models.Model], pk: object, names: tuple[str, ...]) -> bool:
    """One short transaction a row, so that a running site never waits for long."""
    with transaction.atomic():
        row = model._default_manager.select_for_update().filter(pk=pk).values(*names).first()
        if row is None:
            return False
        fresh = {name: rotate(text) for name, text in row.items() if text}
        with pgtrigger.ignore():  # nothing changes that a history has to tell of
            model._default_manager.filter(pk=pk).update(**fresh)
        return bool(fresh)
