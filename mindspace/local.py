"""What a site on this machine alone uses where the environment says nothing: keys of its own, and a local address.

`manage.py up` makes the keys and keeps them in VAR_DIR; every other command of manage.py finds them there, so that
`manage.py shell` works beside `make run`. A site that others can reach gets nothing from here, and its settings
refuse to start without variables of its own. Called before the settings are read.
"""

import base64
import os
import secrets
from collections.abc import MutableMapping
from pathlib import Path
from urllib.parse import urlsplit

LOOPBACK = ("127.0.0.1", "localhost", "::1")


def complete(environ: MutableMapping[str, str], base_dir: Path, *, make_keys: bool) -> None:
    """Fill the gaps in `environ`. Without kept keys, and without `make_keys`, it stays as it is."""
    site_url = urlsplit(environ.get("SITE_URL", ""))
    if (environ.get("HOST") or "127.0.0.1") not in LOOPBACK:
        return
    if environ.get("SITE_URL") and (site_url.scheme != "http" or site_url.hostname not in LOOPBACK):
        return
    var_dir = Path(environ.get("VAR_DIR") or base_dir / "var").resolve()
    keys = {"SECRET_KEY": secrets.token_urlsafe(50), "FIELD_KEYS": base64.urlsafe_b64encode(os.urandom(32)).decode()}
    for name, fresh in keys.items():
        if environ.get(name):
            continue
        file = var_dir / name.lower()
        if make_keys:
            _keep(file, fresh)
        if not file.exists():
            return
        environ[name] = file.read_text().strip()
    environ["SITE_URL"] = environ.get("SITE_URL") or f"http://localhost:{environ.get('PORT') or 8000}"
    environ["ALLOWED_HOSTS"] = environ.get("ALLOWED_HOSTS") or "localhost,127.0.0.1,[::1]"


def _keep(file: Path, key: str) -> None:
    """Write `key` for this user's eyes only, unless one is there already."""
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w") as stream:
        stream.write(key + "\n")
