"""Reading settings from the environment. Each helper fails loudly, naming the variable."""

import os
from base64 import urlsafe_b64encode
from hashlib import sha256
from importlib.util import find_spec
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured

from mindspace import postgres
from mindspace.mail import address

# What a DATABASE_URL may say after its question mark; each is a parameter of libpq of the same name.
# The numbers are ours unless it says otherwise: a server that is there but answers nothing is given up after 15 s, so
# that visitors get the page for an outage, and no request waits for ever.
PATIENCE = {"connect_timeout": "5", "tcp_user_timeout": "15000", "keepalives_idle": "10", "keepalives_interval": "5"}
DATABASE_OPTIONS = {"sslmode", "sslrootcert", "sslcert", "sslkey", "application_name", "options", *PATIENCE}


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def required(name: str, *, why: str) -> str:
    value = text(name)
    if not value:
        raise ImproperlyConfigured(f"{name} is not set: {why}")
    return value


def boolean(name: str, *, default: bool) -> bool:
    value = text(name).lower()
    if not value:
        return default
    if value in ("1", "true", "yes", "on"):
        return True
    if value in ("0", "false", "no", "off"):
        return False
    raise ImproperlyConfigured(f"{name} is {value!r}: it must be 1 or 0.")


def port(name: str, *, default: int) -> int:
    value = text(name, str(default))
    if not (value.isascii() and value.isdigit() and 0 < int(value) < 65536):
        raise ImproperlyConfigured(f"{name} is {value!r}: it must be a number from 1 to 65535.")
    return int(value)


def items(name: str) -> list[str]:
    """Return the parts of a variable that lists things with commas."""
    return [item.strip() for item in text(name).split(",") if item.strip()]


def networks(name: str) -> list[str]:
    """Return proxies as addresses or networks; "unix" stands for one that comes over a unix socket."""
    for item in items(name):
        try:
            everybody = item != "unix" and ip_network(item).prefixlen == 0
        except ValueError as error:
            raise ImproperlyConfigured(f"{name} has {item!r}, which is no address or network: {error}.") from None
        if everybody:
            raise ImproperlyConfigured(
                f"{name} has {item!r}, which is everybody: anyone could then give a false address."
            )
    return items(name)


def fernet_keys(name: str, *, fallback: str) -> list[str]:
    """Return the keys that encrypt private fields, newest first; without any, one worked out from `fallback`."""
    keys = items(name) or [urlsafe_b64encode(sha256(fallback.encode()).digest()).decode()]
    for key in keys:
        try:
            Fernet(key)
        except ValueError:
            raise ImproperlyConfigured(f"{name} has a key that is not 32 bytes in URL-safe base64.") from None
    return keys


def mail(name: str, default: str, var_dir: Path) -> dict[str, Any]:
    """Return what django.core.mail.get_connection needs to reach the mail server that `name` gives."""
    try:
        return address.transport(text(name, default), var_dir)
    except address.BadAddress as error:
        raise ImproperlyConfigured(f"{name} cannot be used: {error}.") from None


def pictures(name: str) -> dict[str, Any]:
    """Return Django's storage for uploaded pictures: the bucket that `name` gives, or files in MEDIA_ROOT.

    The form is https://key:secret@host/bucket, with ?region=... where the host asks for one.
    """
    if not text(name):
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    parts = split(name, text(name), {"http", "https"})
    bucket = parts.path.strip("/")
    if not (parts.hostname and parts.username and parts.password and bucket) or "/" in bucket:
        raise ImproperlyConfigured(f"{name} must say all of: https://key:secret@host/bucket.")
    if find_spec("storages") is None:
        raise ImproperlyConfigured(f"{name} needs more packages: install requirements-s3.lock (see README.md).")
    options = {
        "bucket_name": bucket,
        "endpoint_url": f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}",
        "access_key": unquote(parts.username),
        "secret_key": unquote(parts.password),
        "region_name": dict(parse_qsl(parts.query)).get("region", "us-east-1"),
    }
    return {"BACKEND": "mindspace.s3.PictureStorage", "OPTIONS": options}


def split(name: str, value: str, schemes: set[str]) -> SplitResult:
    """Take an address apart, whose scheme must be one of `schemes`. The error never shows the address: passwords."""
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} is not an address: {error}.") from None
    if parts.scheme not in schemes:
        raise ImproperlyConfigured(f"{name} must start with one of: {', '.join(f'{s}://' for s in sorted(schemes))}.")
    return parts


def database(name: str, var_dir: Path) -> dict[str, Any]:
    """Return Django's settings for the database that `name` gives, or for the embedded one under `var_dir`.

    The form is postgresql://user:password@host:port/database, or postgresql://user@/database?host=/folder/of/socket.
    """
    settings: dict[str, Any] = {
        "ENGINE": "django.db.backends.postgresql",
        # Each of gunicorn's threads keeps its connection; a restart of PostgreSQL is noticed before a query fails.
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }
    if not text(name):
        socket = str(postgres.socket_dir(var_dir))
        return settings | {"NAME": postgres.NAME, "USER": postgres.ROLE, "HOST": socket}
    parts = split(name, text(name), {"postgres", "postgresql"})
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    host = query.pop("host", "") or unquote(parts.hostname or "")
    if unknown := sorted(set(query) - DATABASE_OPTIONS):
        raise ImproperlyConfigured(f"{name} has an option that is not known here: {unknown[0]}.")
    if not parts.path.strip("/"):
        raise ImproperlyConfigured(f"{name} names no database: postgresql://user:password@host/DATABASE.")
    return settings | {
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "OPTIONS": PATIENCE | query,
    }
