"""Collecting static files, which takes seconds (each is hashed and compressed), only when there is something new."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command

# Besides the files themselves: what decides how they are processed, and with which version of what.
RECIPE = ("requirements.lock", "mindspace/static.py")


def collect() -> bool:
    """Collect into STATIC_ROOT unless what is there was made from the same sources. Return whether it did."""
    stamp = settings.VAR_DIR / "static.stamp"
    fresh = _fingerprint(settings.BASE_DIR)
    if (Path(settings.STATIC_ROOT) / "staticfiles.json").exists() and stamp.exists() and stamp.read_text() == fresh:
        return False
    stamp.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0, skip_checks=True)
    stamp.write_text(fresh)
    return True


def _fingerprint(base_dir: Path) -> str:
    """Return a hash over every source: our own by what is in it, a package's by its version in the lock file."""
    digest = hashlib.sha256(str(settings.STATIC_ROOT).encode())
    sources = {base_dir / name for name in RECIPE}
    for finder in finders.get_finders():
        for path, storage in finder.list([]):
            source = Path(storage.path(path))
            if base_dir in source.parents and "site-packages" not in source.parts:
                sources.add(source)
    for source in sorted(sources):
        digest.update(f"\0{source.relative_to(base_dir)}\0".encode())
        digest.update(source.read_bytes())
    return digest.hexdigest()
