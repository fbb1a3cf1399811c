"""What the log may say. Errors, yes; which page somebody asked for, no."""

import logging
import re
from typing import Any


class WithoutRequest(logging.Filter):
    """Takes the path out of Django's lines about a request ("Not Found: /articles/...").

    A traceback still tells where it went wrong, in code; the address and the words of a visitor are no part of it.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        path = getattr(request, "path", None)
        if path and isinstance(record.args, tuple):
            record.args = tuple("(a page)" if argument == path else argument for argument in record.args)
        return True


class WithoutValues(logging.Formatter):
    """Leaves out what PostgreSQL adds to an error: its DETAIL quotes the row, such as somebody's address."""

    def formatException(self, ei: Any) -> str:
        return re.sub(r"^DETAIL:.*$", "DETAIL: (left out)", super().formatException(ei), flags=re.MULTILINE)
