"""The embedded PostgreSQL (a first sketch that only reads DATABASE_URL)."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


def django_database(url: str | None, var_dir: Path) -> dict[str, Any]:
    """Return Django's settings for the database at `url`, or for the embedded one under `var_dir`."""
    parts = urlsplit(url or f"postgresql://postgres@/mindspace?host={var_dir}/postgres")
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", None) or parts.hostname or "",
        "PORT": str(parts.port or ""),
    }
