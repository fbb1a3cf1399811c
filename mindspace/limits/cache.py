"""Django's database cache, made fit for counting: each write is one atomic statement.

The original counts the whole table before every write, throws live entries away at 300 of them (an attacker could
wash the limits out) and lets two workers both win `add` on an expired entry. Expired rows are cleaned by a job.
"""

import base64
import pickle  # as in the original: only values of our own, in a database of our own
from datetime import UTC, datetime
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache
from django.db import connection
from django.utils import timezone

FOREVER = datetime(9999, 1, 1, tzinfo=UTC)
SET = """
    INSERT INTO django_cache AS old (cache_key, value, expires) VALUES (%(key)s, %(value)s, %(expires)s)
    ON CONFLICT (cache_key) DO UPDATE SET value = excluded.value, expires = excluded.expires
"""
STATEMENTS = {
    "set": SET,
    "add": f"{SET} WHERE old.expires < %(now)s",
    "touch": "UPDATE django_cache SET expires = %(expires)s WHERE cache_key = %(key)s",
}


class SharedCache(DatabaseCache):
    def _base_set(self, mode: str, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT) -> bool:
        until = self.get_backend_timeout(timeout)
        values: dict[str, Any] = {
            "key": key,
            "value": base64.b64encode(pickle.dumps(value, self.pickle_protocol)).decode("ascii"),
            "expires": FOREVER if until is None else datetime.fromtimestamp(until, tz=UTC),
            "now": timezone.now(),
        }
        with connection.cursor() as cursor:
            cursor.execute(STATEMENTS[mode], values)
            return cursor.rowcount == 1
