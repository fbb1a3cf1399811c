"""What production starts with, and what it refuses to start with."""

import os
import subprocess
import sys

import pytest

from tests.settings import BASE_DIR

GOOD = {
    "SECRET_KEY": "kR2v" * 15 + "-z7Q",
    "FIELD_KEYS": "cHJvZHVjdGlvbi1rZXktZm9yLW9uZS10ZXN0LTAwMDA=",
    "SITE_URL": "https://example.org",
    "ALLOWED_HOSTS": "example.org,www.example.org",
    "DATABASE_URL": "postgresql://site:hidden-password@127.0.0.1:1/site",
    "EMAIL_URL": "smtp://user:hidden-password@mail.example.org:587",
    "DEFAULT_FROM_EMAIL": "notes@example.org",
    "TRUSTED_PROXIES": "127.0.0.1",
    "HOST": "0.0.0.0",
    "PATH": os.defpath,
}


def manage(*arguments: str, **changes: str | None) -> subprocess.CompletedProcess[str]:
    environ = {name: value for name, value in {**GOOD, **changes}.items() if value is not None}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=BASE_DIR,
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )


def setting(name: str) -> str:
    asked = manage("shell", "--no-imports", "-c", f"from django.conf import settings; print(settings.{name})")
    assert asked.returncode == 0, asked.stderr
    return asked.stdout.strip()


def test_djangos_own_checks_for_production_find_nothing() -> None:
    checked = manage("check", "--deploy", "--fail-level", "WARNING")
    assert checked.returncode == 0, checked.stderr
    assert "no issues (0 silenced)" in checked.stdout


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", None),
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", "a" * 60),
        ("FIELD_KEYS", None),
        ("FIELD_KEYS", "not a key"),
        ("SITE_URL", None),
        ("SITE_URL", "http://example.org"),
        ("SITE_URL", "ftp://example.org"),
        ("SITE_URL", "https://example.org/path"),
        ("ALLOWED_HOSTS", None),
        ("ALLOWED_HOSTS", "*"),
        ("ALLOWED_HOSTS", "elsewhere.org"),
        ("ALLOWED_HOSTS", "example.org,.org"),
        ("EMAIL_URL", None),
        ("EMAIL_URL", "gopher://mail.example.org"),
        ("DEFAULT_FROM_EMAIL", None),
        ("TRUSTED_PROXIES", None),
        ("TRUSTED_PROXIES", "everybody"),
        ("TRUSTED_PROXIES", "0.0.0.0/0"),
        ("TRUSTED_PROXIES", "::/0"),
        ("DEBUG", "1"),
        ("DEBUG", "maybe"),
        ("PORT", "0"),
        ("PORT", "70000"),
        ("DATABASE_URL", "sqlite:///db"),
        ("DATABASE_URL", "postgresql://user@host"),
        ("DATABASE_URL", "postgresql://user:pw@host:port/db"),
        ("DATABASE_URL", "postgresql://user:pw@host/db?shout=1"),
    ],
)
def test_an_unsafe_or_broken_value_is_refused_by_name(name: str, value: str | None) -> None:
    refused = manage("check", **{name: value})
    assert refused.returncode == 1
    assert f"The site cannot start: {name} " in refused.stderr
    assert "hidden-password" not in refused.stderr


def test_a_web_server_without_manage_py_refuses_too() -> None:
    environ = {name: value for name, value in GOOD.items() if name != "SECRET_KEY"}
    refused = subprocess.run(
        [sys.executable, "-c", "import mindspace.wsgi"],
        cwd=BASE_DIR,
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "SECRET_KEY is not set" in refused.stderr


def test_cookies_are_bound_to_the_host_under_https() -> None:
    assert setting("SESSION_COOKIE_NAME") == "__Host-sessionid"
    assert setting("CSRF_COOKIE_NAME") == "__Host-csrftoken"
    assert setting("SESSION_COOKIE_SECURE") == setting("CSRF_COOKIE_SECURE") == "True"


def test_an_address_with_a_password_is_taken_apart() -> None:
    asked = manage(
        "shell", "--no-imports", "-c", "from django.conf import settings; print(settings.DATABASES['default'])",
        DATABASE_URL="postgresql://us%40er:p%2Fw@db.example.org:5433/na%20me?sslmode=require",
    )  # fmt: skip
    for part in ("'us@er'", "'p/w'", "'db.example.org'", "'5433'", "'na me'", "'sslmode': 'require'"):
        assert part in asked.stdout
