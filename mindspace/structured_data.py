"""JSON-LD in a page: what search engines are told, in the words of schema.org."""

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe

# In a script element nothing is escaped, so a title must not be able to end it.
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def script_json(data: dict[str, Any]) -> SafeString:
    """Return `data` as JSON, fit to stand inside a script element."""
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(ESCAPES))  # noqa: S308 - escaped just here
