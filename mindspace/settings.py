"""Every setting, read from the environment. The table of variables is in README.md.

A helper fails loudly, naming the variable, rather than fall back to something unsafe.
"""

import os
from pathlib import Path
from urllib.parse import urlsplit

import csp.constants
from django.core.exceptions import ImproperlyConfigured

from mindspace import postgres

BASE_DIR = Path(__file__).resolve().parent.parent


def env_bool(name: str, *, default: bool) -> bool:
    value = os.environ.get(name, "").strip().lower()
    if value in ("", "1", "true", "yes", "on", "0", "false", "no", "off"):
        return value in ("1", "true", "yes", "on") if value else default
    raise ImproperlyConfigured(f"{name} is {value!r}: it must be 1 or 0.")


def env_list(name: str) -> list[str]:
    return [item.strip() for item in os.environ.get(name, "").split(",") if item.strip()]


def env_required(name: str, *, why: str) -> str:
    value = os.environ.get(name, "").strip()
    if not value:
        raise ImproperlyConfigured(f"{name} is not set: {why}")
    return value


# -- Where and how this runs -------------------------------------------------------------------

DEBUG = env_bool("DEBUG", default=False)
VAR_DIR = Path(os.environ.get("VAR_DIR") or BASE_DIR / "var").resolve()
HOST = os.environ.get("HOST") or "127.0.0.1"
PORT = int(os.environ.get("PORT") or 8000)

if DEBUG:
    SECRET_KEY = os.environ.get("SECRET_KEY") or "insecure-for-debugging-only"
    SITE_URL = os.environ.get("SITE_URL") or f"http://localhost:{PORT}"
    ALLOWED_HOSTS = env_list("ALLOWED_HOSTS") or ["localhost", "127.0.0.1", "[::1]"]
else:
    SECRET_KEY = env_required("SECRET_KEY", why="it signs sessions. Set 50 random characters.")
    SITE_URL = env_required("SITE_URL", why="it is the public address, such as https://example.org.")
    env_required("ALLOWED_HOSTS", why="it names the hosts this site answers to, with commas.")
    ALLOWED_HOSTS = env_list("ALLOWED_HOSTS")

SITE_URL = SITE_URL.rstrip("/")
HTTPS = urlsplit(SITE_URL).scheme == "https"
LOOPBACK_NAMES = {"localhost", "127.0.0.1", "::1"}
# Only a site that cannot be reached from elsewhere may load examples and let staff in without a second factor.
ON_LOOPBACK = HOST in LOOPBACK_NAMES and urlsplit(SITE_URL).hostname in LOOPBACK_NAMES and not HTTPS

if not (DEBUG or HTTPS or ON_LOOPBACK):
    raise ImproperlyConfigured(f"SITE_URL is {SITE_URL!r}: outside this machine it must start with https://.")

# -- What it is made of ------------------------------------------------------------------------

INSTALLED_APPS = [
    "mindspace.admin.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_prose_editor",
    "procrastinate.contrib.django",
    "mindspace",
    "mindspace.site",
    "mindspace.mail",
    "mindspace.limits",
    "mindspace.accounts",
    "articles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "mindspace.urls"
WSGI_APPLICATION = "mindspace.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

FORM_RENDERER = "mindspace.forms.Renderer"

# -- Data --------------------------------------------------------------------------------------

DATABASES = {"default": postgres.django_database(os.environ.get("DATABASE_URL"), VAR_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "django_cache",
    }
}

# -- People ------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"

# -- Language and time -------------------------------------------------------------------------

LANGUAGE_CODE = "en-us"
LANGUAGES = [("en-us", "English")]
TIME_ZONE = "America/Chicago"
USE_TZ = True

# -- Files -------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage" if DEBUG else "mindspace.static.StaticStorage"
    },
}
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"

# -- Headers -----------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [csp.constants.NONE],
        "script-src": [csp.constants.SELF],
        "style-src": [csp.constants.SELF],
        "img-src": [csp.constants.SELF],
        "connect-src": [csp.constants.SELF],
        "form-action": [csp.constants.SELF],
        "base-uri": [csp.constants.NONE],
        "frame-ancestors": [csp.constants.NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
