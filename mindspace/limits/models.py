from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

from django.db import connection, models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mindspace.limits.keys import daily_hash


@dataclass(frozen=True)
class Exceeded:
    """Too often. False in a condition, so that `if not hit(...)` reads as it should."""

    retry_after: int  # seconds, at least 1

    def __bool__(self) -> Literal[False]:
        return False


class Count(models.Model):
    """How often somebody did something in a stretch of time that began with the first time."""

    name = models.CharField(max_length=60)
    key = models.BinaryField()  # a keyed hash, see keys.py
    hits = models.PositiveIntegerField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("count")
        constraints = [models.UniqueConstraint(fields=["name", "key"], name="limits_count_once")]

    def __str__(self) -> str:
        return self.name


class CacheEntry(models.Model):
    """The table of Django's database cache, a model so that migrations make it and jobs can clean it."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "django_cache"
        verbose_name = _("cache entry")

    def __str__(self) -> str:
        return self.cache_key


HIT = """
    INSERT INTO limits_count AS old (name, key, hits, expires) VALUES (%(name)s, %(key)s, 1, %(expires)s)
    ON CONFLICT (name, key) DO UPDATE SET
        hits = CASE WHEN old.expires <= %(now)s THEN 1 ELSE old.hits + 1 END,
        expires = CASE WHEN old.expires <= %(now)s THEN excluded.expires ELSE old.expires END
    RETURNING hits, expires
"""


def hit(name: str, key: str, *, limit: int, per: timedelta) -> Literal[True] | Exceeded:
    """Count one more `name` by `key` and say whether that is still within `limit` in a stretch of `per`.

    `key` may be an address or an id: only a keyed hash of it, new every day, is kept. One statement does the
    counting, so all workers share the limit and none can slip past it. A day is the longest sensible `per`.
    """
    now = timezone.now()
    values: dict[str, Any] = {"name": name, "key": daily_hash(name, key), "now": now, "expires": now + per}
    with connection.cursor() as cursor:
        cursor.execute(HIT, values)
        hits, expires = cursor.fetchone()
    return True if hits <= limit else Exceeded(retry_after=max(1, round((expires - now).total_seconds())))
