"""Every setting, read from the environment. The table of variables is in README.md.

A helper fails loudly, naming the variable, rather than fall back to something unsafe.
"""

from pathlib import Path

import csp.constants
from whitenoise.compress import Compressor

from mindspace import environment, production

BASE_DIR = Path(__file__).resolve().parent.parent

# -- Where and how this runs -------------------------------------------------------------------

DEBUG = environment.boolean("DEBUG", default=False)
VAR_DIR = Path(environment.text("VAR_DIR", str(BASE_DIR / "var"))).resolve()
HOST = environment.text("HOST", "127.0.0.1")
PORT = environment.port("PORT", default=8000)

if DEBUG:
    SECRET_KEY = environment.text("SECRET_KEY", "insecure-for-debugging-only")
    SITE_URL = environment.text("SITE_URL", f"http://localhost:{PORT}")
    ALLOWED_HOSTS = environment.items("ALLOWED_HOSTS") or ["localhost", "127.0.0.1", "[::1]"]
else:
    SECRET_KEY = environment.required("SECRET_KEY", why="it signs sessions. Set 50 random characters.")
    SITE_URL = environment.required("SITE_URL", why="it is the public address, such as https://example.org.")
    environment.required("ALLOWED_HOSTS", why="it names the hosts this site answers to, with commas.")
    ALLOWED_HOSTS = environment.items("ALLOWED_HOSTS")

SITE_URL = SITE_URL.rstrip("/")
_address = environment.split("SITE_URL", SITE_URL, {"http", "https"})
HTTPS = _address.scheme == "https"
LOOPBACK_NAMES = {"localhost", "127.0.0.1", "::1"}
# Only a site that cannot be reached from elsewhere may load examples and let staff in without a second factor.
ON_LOOPBACK = HOST in LOOPBACK_NAMES and _address.hostname in LOOPBACK_NAMES and not HTTPS

if not ON_LOOPBACK:
    production.refuse_unsafe(
        debug=DEBUG, host=HOST, site_url=_address, secret_key=SECRET_KEY, allowed_hosts=ALLOWED_HOSTS
    )

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
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "mindspace",
    "mindspace.site",
    "mindspace.mail",
    "mindspace.limits",
    "mindspace.accounts",
    "mindspace.notifications",
    "mindspace.moderation",
    "articles",
    "groups",
    "groups.circles",
    "mutualaid",
    "mutualaid.timebank",
]

MIDDLEWARE = [
    "mindspace.headers.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "mindspace.headers.PackTextMiddleware",
    "mindspace.pagecache.PageCacheMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "mindspace.accounts.middleware.OurSiteMiddleware",
]

ROOT_URLCONF = "mindspace.urls"
WSGI_APPLICATION = "mindspace.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["mindspace.loaders.FilesystemLoader", "mindspace.loaders.AppDirectoriesLoader"],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "mindspace.site.context.site",
            ],
        },
    },
]

FORM_RENDERER = "mindspace.forms.Renderer"

# -- Data --------------------------------------------------------------------------------------

DATABASES = {"default": environment.database("DATABASE_URL", VAR_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "mindspace.limits.cache.SharedCache",
        "LOCATION": "django_cache",
        "KEY_FUNCTION": "mindspace.limits.keys.cache_key",
    }
}

# -- People ------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "display_name")},
    },
]
SESSION_ENGINE = "mindspace.sessions"
SESSION_SERIALIZER = "mindspace.encryption.SessionSerializer"
SESSION_COOKIE_AGE = 14 * 24 * 3600
# Staff sign in anew, second factor included, after this many seconds.
STAFF_SESSION_AGE = 12 * 3600
# Less on a shared device: no message in a cookie, and the form token goes when the browser is closed.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CSRF_COOKIE_AGE = None

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/my/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "mindspace.accounts.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "mindspace.accounts.forms.LoginForm",
    "signup": "mindspace.accounts.forms.SignupForm",
    "request_login_code": "mindspace.accounts.forms.RequestLoginCodeForm",
    "confirm_login_code": "mindspace.accounts.forms.ConfirmLoginCodeForm",
    "confirm_email_verification_code": "mindspace.accounts.forms.ConfirmEmailVerificationCodeForm",
    "confirm_password_reset_code": "mindspace.accounts.forms.ConfirmPasswordResetCodeForm",
    "reset_password": "mindspace.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "mindspace.accounts.forms.ResetPasswordKeyForm",
    "set_password": "mindspace.accounts.forms.SetPasswordForm",
    "change_password": "mindspace.accounts.forms.ChangePasswordForm",
    "reauthenticate": "mindspace.accounts.forms.ReauthenticatePasswordForm",
    "add_email": "mindspace.accounts.forms.AddEmailForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1"]  # lets passwords be used at all; our form asks for none
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
# No change of address on the code page: allauth offers it for new addresses only, which tells them from taken ones.
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_CHANGE = False
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60  # seconds: mail can be slow, and so can a tired person
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = True  # do not ask; SESSION_COOKIE_AGE and the leave control say how long
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "dashed": True, "length": 8}
MFA_ADAPTER = "mindspace.accounts.adapters.MFAAdapter"
MFA_FORMS = {
    "authenticate": "mindspace.accounts.forms.AuthenticateForm",
    "reauthenticate": "mindspace.accounts.forms.ReauthenticateForm",
    "activate_totp": "mindspace.accounts.forms.ActivateTOTPForm",
    "add_webauthn": "mindspace.accounts.forms.AddWebAuthnForm",
    "signup_webauthn": "mindspace.accounts.forms.SignupWebAuthnForm",
    "edit_webauthn": "mindspace.accounts.forms.EditWebAuthnForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # one step of 30 seconds either way: phones' clocks are off
# Browsers allow passkeys without HTTPS on localhost only; so do we.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = ON_LOOPBACK

# -- Private fields ----------------------------------------------------------------------------

if not DEBUG:
    environment.required("FIELD_KEYS", why="it encrypts private fields: 32 random bytes in URL-safe base64.")
FIELD_KEYS = environment.fernet_keys("FIELD_KEYS", fallback=SECRET_KEY)

# -- Mail and jobs -----------------------------------------------------------------------------

if not (DEBUG or ON_LOOPBACK):
    environment.required("EMAIL_URL", why="it is the mail server, such as smtp://user:password@host:587.")
    environment.required("DEFAULT_FROM_EMAIL", why="it is the address mail comes from. Choose one that tells nothing.")
EMAIL_BACKEND = "mindspace.mail.backend.EmailBackend"
MAIL_TRANSPORT = environment.mail("EMAIL_URL", "local:", VAR_DIR)
DEFAULT_FROM_EMAIL = environment.text("DEFAULT_FROM_EMAIL", "notes@example.org")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
PROCRASTINATE_WORKER_DEFAULTS = {"delete_jobs": "successful"}

# -- Logs --------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"private": {"()": "mindspace.logs.WithoutRequest"}},
    "formatters": {
        "plain": {
            "()": "mindspace.logs.WithoutValues",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {"terminal": {"class": "logging.StreamHandler", "filters": ["private"], "formatter": "plain"}},
    "root": {"handlers": ["terminal"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO" if DEBUG else "ERROR", "propagate": True},
        # Scanners call by any name: they get the page for a bad request, and no traceback each.
        "django.security.DisallowedHost": {"handlers": [], "level": "CRITICAL", "propagate": False},
        "django.server": {"handlers": ["terminal"], "level": "INFO" if DEBUG else "ERROR", "propagate": False},
    },
}

# -- Language and time -------------------------------------------------------------------------

LANGUAGE_CODE = "en-us"
LANGUAGES = [("en-us", "English")]
TIME_ZONE = "America/Chicago"
USE_TZ = True

# -- Files -------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = Path(environment.text("STATIC_ROOT", str(VAR_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": environment.pictures("S3_URL"),
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "mindspace.static.StaticStorage"
    },
}
# Every page asks for hashed names, so the plain copies need no compression and are not kept.
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "map")
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"

# -- Proxies -----------------------------------------------------------------------------------

# Whose X-Forwarded-For is believed: addresses or networks, or "unix" for a proxy over a unix socket.
TRUSTED_PROXIES = environment.networks("TRUSTED_PROXIES")

# -- Headers -----------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [csp.constants.NONE],
        "script-src": [csp.constants.SELF],
        "style-src": [csp.constants.SELF],
        "img-src": [csp.constants.SELF],
        "media-src": [csp.constants.SELF],  # the silence of components/player/media.js
        "connect-src": [csp.constants.SELF],
        "form-action": [csp.constants.SELF],
        "base-uri": [csp.constants.NONE],
        "frame-ancestors": [csp.constants.NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
CSRF_FAILURE_VIEW = "mindspace.errors.csrf_failed"
X_FRAME_OPTIONS = "DENY"

# -- HTTPS -------------------------------------------------------------------------------------

if HTTPS:
    # gunicorn speaks plain HTTP, so somebody in front of it must speak HTTPS. deploy/gunicorn.conf.py has it believe
    # X-Forwarded-Proto from these proxies only; SECURE_PROXY_SSL_HEADER would believe it from everybody.
    environment.required("TRUSTED_PROXIES", why="it names the proxy that speaks HTTPS, such as 127.0.0.1.")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
