"""Collecting static files, which takes seconds (each is hashed and compressed), only when there is something new."""

import hashlib
import signal
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders

from mindspace.children import end_with_parent

# Besides the files themselves: what decides how they are processed, and with which version of what.
RECIPE = ("requirements.lock", "mindspace/static.py")


def collect() -> bool:
    """Collect into STATIC_ROOT unless what is there was made from the same sources. Return whether it did."""
    stamp = settings.VAR_DIR / "static.stamp"
    fresh = _fingerprint(settings.BASE_DIR)
    if (Path(settings.STATIC_ROOT) / "staticfiles.json").exists() and stamp.exists() and stamp.read_text() == fresh:
        return False
    stamp.unlink(missing_ok=True)
    # In a process of its own, because its threads would not stop for Ctrl-C.
    subprocess.run(
        [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity=0", "--skip-checks"],
        cwd=settings.BASE_DIR, check=True, start_new_session=True, preexec_fn=end_with_parent(signal.SIGTERM),
    )  # fmt: skip
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
