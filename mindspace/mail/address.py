"""EMAIL_URL: where mail goes. Read by the settings, so nothing of Django is imported here.

| address                                | mail goes                                                      |
|----------------------------------------|----------------------------------------------------------------|
| smtp://user:password@host:587          | to that server, with STARTTLS if port 587 or `?tls=1`          |
| smtps://user:password@host:465         | to that server, over TLS from the first byte                   |
| local:                                 | to the terminal and to VAR_DIR/mail, for a site on loopback    |
"""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

SECONDS_TO_WAIT = 20


class BadAddress(ValueError):
    """The address cannot be used; the message says why, without the password."""


def transport(url: str, var_dir: Path) -> dict[str, Any]:
    """Return the arguments of django.core.mail.get_connection for `url`. Raises BadAddress."""
    parts = urlsplit(url)
    if parts.scheme == "local":
        return {"backend": "mindspace.mail.local.LocalBackend", "folder": var_dir / "mail"}
    if parts.scheme not in ("smtp", "smtps"):
        raise BadAddress("it must start with smtp:// or smtps://, or be local:")
    if not parts.hostname:
        raise BadAddress("it names no mail server")
    try:
        port = parts.port
    except ValueError as error:
        raise BadAddress("its port is not a number") from error
    ssl = parts.scheme == "smtps"
    port = port or (465 if ssl else 25)
    return {
        "backend": "django.core.mail.backends.smtp.EmailBackend",
        "host": parts.hostname,
        "port": port,
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_ssl": ssl,
        "use_tls": not ssl and (port == 587 or parse_qs(parts.query).get("tls") == ["1"]),
        "timeout": SECONDS_TO_WAIT,
    }
