"""All settings of an installation. What differs between installations is read from the environment, once, here."""

import os
from pathlib import Path
from typing import Any

from hatnhan.config import logs
from hatnhan.config.databases import database
from hatnhan.config.keys import read_keys


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default)


def flag(name: str, default: bool = False) -> bool:
    value = os.environ.get(name, "")
    return value.strip().lower() in {"1", "true", "yes", "on"} if value else default


def number(name: str, default: int) -> int:
    value = os.environ.get(name) or str(default)
    if not value.isascii() or not value.isdecimal():
        raise ValueError(f"{name}: “{value}” không phải là số (is not a number).")
    return int(value)


PACKAGE = Path(__file__).resolve().parent.parent
DATA = Path(text("HATNHAN_DATA", "data")).resolve()
HTTPS = flag("HATNHAN_HTTPS")
DEBUG = flag("HATNHAN_DEBUG")

# The marker is made by `hatnhan demo` alone: a real data directory never shows the demo sign-ins or the banner.
HATNHAN_DEMO = (DATA / "demo").exists()

# --- keys: the environment wins over secrets.env -----------------------------------------------------------------
_keys = read_keys(DATA / "secrets.env")
SECRET_KEY = text("HATNHAN_SECRET_KEY") or _keys.get("HATNHAN_SECRET_KEY", "")
HATNHAN_FIELD_KEY = text("HATNHAN_FIELD_KEY") or _keys.get("HATNHAN_FIELD_KEY", "")
HATNHAN_HAS_KEYS = bool(SECRET_KEY and HATNHAN_FIELD_KEY)

# --- parts -------------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "hatnhan.config",
    "hatnhan.kernel",
    "hatnhan.rulebook",
    "hatnhan.units",
    "hatnhan.access",
    "hatnhan.duties",
    "hatnhan.documents",
    "hatnhan.members",
    "hatnhan.meetings",
    "hatnhan.dues",
    "hatnhan.movements",
    "hatnhan.admissions",
    "hatnhan.honours",
    "hatnhan.reports",
]

MIDDLEWARE = [
    "hatnhan.config.health.answer_probes",
    "hatnhan.meetings.live.poll.answer_polls",
    "hatnhan.meetings.live.box.answer_votes",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "hatnhan.config.headers.protect",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # A commune's server often has no proxy in front that would compress; Django pads against BREACH.
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "hatnhan.access.middleware.ActorMiddleware",
    "hatnhan.config.api.speak",
]

ROOT_URLCONF = "hatnhan.config.urls"
WSGI_APPLICATION = "hatnhan.config.wsgi.application"
APPEND_SLASH = True

_CONTEXT = ["hatnhan.kernel.ui.shell.context"]
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {"environment": "hatnhan.kernel.ui.environment.build", "context_processors": _CONTEXT},
    },
    {
        # Only what django-allauth renders by itself; every page of ours is Jinja2.
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]

# --- storage -----------------------------------------------------------------------------------------------------
DATABASES = {"default": database(text("DATABASE_URL"), DATA, pool=number("HATNHAN_POOL", 0))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# In the database, because allauth counts failed sign-ins in the cache and every process must see the same count.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "kernel_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS: list[Path] = []
_PLAIN_STATIC = flag("HATNHAN_PLAIN_STATIC")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if _PLAIN_STATIC
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = _PLAIN_STATIC
WHITENOISE_AUTOREFRESH = _PLAIN_STATIC
MEDIA_ROOT = DATA / "files"
MEDIA_URL = ""
# Where the log's daily digests go; on another machine's disk they find what was cut off here.
HATNHAN_DIGESTS = Path(text("HATNHAN_DIGESTS") or DATA / "digests")

# Made by `hatnhan init`; tools that only read the code do without.
FILE_UPLOAD_TEMP_DIR = str(DATA / "uploads") if (DATA / "uploads").is_dir() else None
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
FILE_UPLOAD_HANDLERS = [
    "hatnhan.config.uploads.Limited",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
# Form fields without files; the files of a request have HATNHAN_UPLOAD_BYTES together, counted while they arrive.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
DATA_UPLOAD_MAX_NUMBER_FILES = 50
HATNHAN_UPLOAD_BYTES = number("HATNHAN_UPLOAD_BYTES", 50_000_000)

# --- language and time -------------------------------------------------------------------------------------------
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = sorted(PACKAGE.glob("*/locale"))
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = True

# --- people ------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "access.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "hatnhan.config.passwords.NotLikeTheAccount"},
    {"NAME": "hatnhan.config.passwords.LongEnough", "OPTIONS": {"min_length": 10}},
    {"NAME": "hatnhan.config.passwords.NotCommon"},
    {"NAME": "hatnhan.config.passwords.NotOnlyDigits"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_PRESERVE_USERNAME_CASING = False  # sign-in names are kept in small letters, so finding one uses its index
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key"}
ACCOUNT_ADAPTER = "hatnhan.access.adapter.AccountAdapter"
MFA_ADAPTER = "hatnhan.access.adapter.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TRUST_ENABLED = False  # the second factor is asked at every sign-in, in every browser
MFA_PASSKEY_LOGIN_ENABLED = False  # a passkey stands beside the password, not in its place
MFA_ALLOW_UNVERIFIED_EMAIL = True  # accounts have no e-mail
MFA_TOTP_TOLERANCE = 1  # steps of 30 seconds before and after: a slow hand, a clock that is a little off

SESSION_COOKIE_NAME = "hatnhan_session"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
# Seconds without a request after which a session ends (read by the access module's middleware).
HATNHAN_IDLE_SECONDS = number("HATNHAN_IDLE_MINUTES", 60) * 60

# What one key for programs may ask of one server process.
HATNHAN_API_PER_MINUTE = number("HATNHAN_API_PER_MINUTE", 120)
HATNHAN_API_ROWS_PER_DAY = number("HATNHAN_API_ROWS_PER_DAY", 20_000)

# --- reminders: off until set up ---------------------------------------------------------------------------------
EMAIL_HOST = text("HATNHAN_SMTP_HOST")
EMAIL_PORT = number("HATNHAN_SMTP_PORT", 587)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = text("HATNHAN_SMTP_USER"), text("HATNHAN_SMTP_PASSWORD")
EMAIL_USE_SSL = EMAIL_PORT == 465
EMAIL_USE_TLS = not EMAIL_USE_SSL and flag("HATNHAN_SMTP_TLS", True)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = text("HATNHAN_SMTP_FROM")
# The address of the installation, for the links in mails.
HATNHAN_URL = text("HATNHAN_URL").rstrip("/")
HATNHAN_MAIL = bool(EMAIL_HOST and DEFAULT_FROM_EMAIL and HATNHAN_URL)
# Made by `hatnhan duties keys`; further services that take messages for browsers, by host name.
HATNHAN_PUSH_KEY = text("HATNHAN_PUSH_KEY") or read_keys(DATA / "push.env").get("HATNHAN_PUSH_KEY", "")
HATNHAN_PUSH_HOSTS = tuple(host for host in text("HATNHAN_PUSH_HOSTS").split(",") if host)

# --- the wire ----------------------------------------------------------------------------------------------------
ALLOWED_HOSTS = [host for host in text("HATNHAN_HOSTS", "localhost,127.0.0.1,[::1]").split(",") if host]
CSRF_TRUSTED_ORIGINS = [f"https://{host.lstrip('.')}" for host in ALLOWED_HOSTS] if HTTPS else []
CSRF_COOKIE_NAME = "hatnhan_csrf"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "django.views.csrf.csrf_failure"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 86_400 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
if flag("HATNHAN_BEHIND_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOGGING = logs.plan(text("HATNHAN_LOG_LEVEL", "INFO").upper(), as_json=text("HATNHAN_LOG") == "json")
