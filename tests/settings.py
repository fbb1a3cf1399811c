"""The settings that tests run under: those of `make run`, whatever the environment says.

Only DATABASE_URL and CHROME_PATH are taken from the environment. Without DATABASE_URL, conftest.py starts an embedded
server in the temporary folder named here.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

FOREIGN = ("DEBUG", "HOST", "PORT", "EMAIL_URL", "DEFAULT_FROM_EMAIL", "TRUSTED_PROXIES", "S3_URL")
FOREIGN += ("DJANGO_ALLOW_ASYNC_UNSAFE",)
for name in FOREIGN:
    os.environ.pop(name, None)
TEST_DIR = Path(tempfile.mkdtemp(prefix="mindspace-tests-")).resolve()
TEST_DIR.chmod(0o755)  # as root, PostgreSQL's user must reach it
(TEST_DIR / "static").mkdir()  # WhiteNoise warns if it is not there
atexit.register(shutil.rmtree, TEST_DIR, ignore_errors=True)
os.environ |= {
    "VAR_DIR": str(TEST_DIR),
    "SECRET_KEY": "only-for-tests-" + "0123456789" * 4,
    "FIELD_KEYS": "b25seS1mb3ItdGVzdHMtb25seS1mb3ItdGVzdHMtMDA=",
    "SITE_URL": "http://localhost:8000",
    "ALLOWED_HOSTS": "localhost,testserver",
}

from mindspace.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # fast, and worth nothing
# Static files come straight from their folders: no collectstatic before the tests.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
