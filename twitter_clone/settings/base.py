"""Django's settings, read from the environment. Every variable is explained in .env.example."""

import os
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from twitter_clone import env
from twitter_clone.settings import databases, files, guards, logs, product, sharing
from twitter_clone.settings.api import *
from twitter_clone.settings.installed import *
from twitter_clone.settings.product import *
from twitter_clone.settings.sign_in import *

BASE_DIR = Path(__file__).resolve().parents[2]
DATA_DIR = Path(env.text("DATA_DIR", str(BASE_DIR / "data"))).resolve()

# --- Who we are ----------------------------------------------------------------------------------

DEBUG = env.flag("DEBUG")
VERSION = "0.1.0"  # as pyproject.toml has it
SITE_NAME = env.text("SITE_NAME", "Twitter Clone")
SITE_URL = guards.site_url()
_site = guards.site(SITE_URL)
SITE_HOST = _site.netloc  # the part behind the second @ of a full handle
SITE_IS_HTTPS = _site.scheme == "https"
SITE_IS_LOCAL = guards.is_local(_site)
# One web process serves all (bin/run): memory may hold what several processes would have to share.
SINGLE_PROCESS = env.flag("SINGLE_PROCESS")
WEB_THREADS = env.number("WEB_THREADS", 8, at_least=1)  # pages made at the same time in one process

SECRET_KEY, SECRET_KEY_FALLBACKS = guards.secret_keys(trial=DEBUG and SITE_IS_LOCAL)
ALLOWED_HOSTS = guards.allowed_hosts(debug=DEBUG)

# --- Rooms of the house --------------------------------------------------------------------------

# First what marks every answer, redirects and refusals too; then machines, before anyone looks at the host;
# then apps, whose requests go through the door of the API and no further.
MIDDLEWARE = [
    "common.watching.requests.Watched",
    "common.middleware.FixedHeaders",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "common.middleware.ContentPolicy",
    "django.middleware.security.SecurityMiddleware",
    "web.probes.Probes",
    "common.replicas.middleware.ReadFromReplicas",
    "common.middleware.ClientAddress",
    "web.metrics.Metrics",
    "web.readers.Readers",
    "web.visitor_pages.VisitorPages",
    "api.cors.Cors",
    "api.door.Door",
    "web.private_pages.PrivatePages",
    "common.middleware.RequestSize",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "web.sessions.Sessions",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "web.pace.Pace",
    "web.errors.HouseErrors",
]

if DEBUG:
    MIDDLEWARE.insert(1, "web.panel.Panel")

ROOT_URLCONF = "twitter_clone.urls"
WSGI_APPLICATION = "twitter_clone.wsgi.application"
ASGI_APPLICATION = "twitter_clone.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "common.watching.templates.TimedTemplates",
        "NAME": "django",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "web.context.frame",
            ],
        },
    }
]

# --- Data ----------------------------------------------------------------------------------------

DATABASES: dict[str, Any] = databases.choose(DATA_DIR)
REPLICAS = [name for name in DATABASES if name != "default"]  # copies to read, see common/replicas
REPLICA_MAX_LAG_SECONDS = env.number("REPLICA_MAX_LAG_SECONDS", 5, at_least=3)
DATABASE_ROUTERS = ["common.replicas.routing.Router"] if REPLICAS else []
# Who somebody is, what they are allowed, and what is counted or handed out once is never an old copy.
PRIMARY_APPS = {
    "account",
    "admin",
    "auth",
    "clients",
    "common",
    "jobs",
    "joining",
    "mfa",
    "sessions",
    "usersessions",
}

# --- What several processes share ----------------------------------------------------------------

# Whether pages may open a socket at /live: bin/run answers it; under Gunicorn alone they ask by themselves.
LIVE_SOCKETS = env.flag("LIVE_SOCKETS", default=SINGLE_PROCESS)
LIVE_ORIGINS = guards.own_origins(_site)
REDIS_URL = guards.redis_url()
_shared = sharing.choose(single_process=SINGLE_PROCESS, redis_url=REDIS_URL, host=SITE_HOST)
CACHES: dict[str, Any] = {"default": _shared.cache}
SESSION_ENGINE = _shared.session_engine
CHANNEL_LAYERS: dict[str, Any] = _shared.channel_layers
RATE_LIMITS = env.flag("RATE_LIMITS", default=True)  # see common/rates and RATES_… in product.py
RATE_LIMITS_ALLOW = guards.networks("RATE_LIMITS_ALLOW")  # whoever asks from there is not counted

# --- Files ---------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.text("STATIC_ROOT", str(DATA_DIR / "static")))
STATICFILES_FINDERS = [
    "web.bundles.BundleFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_ADD_HEADERS_FUNCTION = files.let_others_show

_files = files.choose(DATA_DIR)
MEDIA_URL = _files.url
MEDIA_ROOT = DATA_DIR / "media"
STORAGES: dict[str, Any] = {
    "default": _files.public,
    "originals": _files.originals,
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "common.storage.static.StaticFiles"
    },
}
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_MAX_MEMORY_SIZE = product.PICTURE_MAX_BYTES + 64 * 1024  # an unchecked picture stays off the disk
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024  # bytes of form fields; files are counted apart
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
DATA_UPLOAD_MAX_NUMBER_FILES = 8

# --- People --------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.LocalPeople"]
PASSWORD_HASHERS = [
    "accounts.hashers.Argon2",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
_VALIDATION = "django.contrib.auth.password_validation."
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": _VALIDATION + "UserAttributeSimilarityValidator"},
    {"NAME": _VALIDATION + "MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": _VALIDATION + "CommonPasswordValidator"},
    {"NAME": _VALIDATION + "NumericPasswordValidator"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "feed"
LOGOUT_REDIRECT_URL = "feed"
PASSWORD_RESET_TIMEOUT = 60 * 60 * 4  # seconds a mailed link may be used
DISPOSABLE_EMAIL_DOMAINS = env.text(
    "DISPOSABLE_EMAIL_DOMAINS"
)  # more of them: “a.example -b.example” allows b

# --- Language and time ---------------------------------------------------------------------------

LANGUAGE_CODE = "en"
USE_I18N = False  # one language until the first translation arrives; costs time on every page
TIME_ZONE = "UTC"
USE_TZ = True

# --- Work for later ------------------------------------------------------------------------------

TASKS = {
    "default": {
        "BACKEND": "jobs.backend.OutboxBackend",
        "QUEUES": [*product.CELERY_QUEUES, "outside"],
    }
}
CELERY_BROKER_URL = guards.broker_url(REDIS_URL)  # without one, workers look at the table
WORKER_CONCURRENCY = env.number("WORKER_CONCURRENCY", os.cpu_count() or 2, at_least=1)  # hands of a worker

FAILED_JOBS_KEPT_DAYS = env.number("FAILED_JOBS_KEPT_DAYS", 30, at_least=1)  # that were put aside
IP_ADDRESSES_KEPT_DAYS = env.number("IP_ADDRESSES_KEPT_DAYS", 30, at_least=1)  # of whoever signed in

# --- Mail ----------------------------------------------------------------------------------------

DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", f"{SITE_NAME} <noreply@{_site.hostname}>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
CONTACT_EMAIL = guards.contact_email()  # where people write to whoever runs this server
EMAIL_HOST = env.text("EMAIL_HOST")
EMAIL_PORT = env.number("EMAIL_PORT", 587)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", default=True)
EMAIL_TIMEOUT = 10
EMAIL_FILE_PATH = DATA_DIR / "mail"
EMAIL_BACKEND = "django.core.mail.backends." + (
    "smtp.EmailBackend" if EMAIL_HOST else "filebased.EmailBackend"
)
# A trial server shows its mails on a page of its own, so that a newcomer is inside within a minute.
TRIAL_MAILBOX = SITE_IS_LOCAL and not EMAIL_HOST

# --- Safety --------------------------------------------------------------------------------------

TRUSTED_PROXIES = env.number("TRUSTED_PROXIES", 0)  # how many proxies of ours stand in front
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
USE_X_FORWARDED_HOST = False
CSRF_TRUSTED_ORIGINS = [SITE_URL]
CSRF_FAILURE_VIEW = "web.views.errors.csrf_failure"
SECURE_SSL_REDIRECT = SITE_IS_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 63_072_000 if SITE_IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SITE_IS_HTTPS
SECURE_HSTS_PRELOAD = SITE_IS_HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
_cookie_prefix = "__Host-" if SITE_IS_HTTPS else ""
SESSION_COOKIE_NAME = _cookie_prefix + "session"
SESSION_COOKIE_SECURE = SITE_IS_HTTPS
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30  # seconds, with “remember me”
CSRF_COOKIE_NAME = _cookie_prefix + "csrf"
CSRF_COOKIE_SECURE = SITE_IS_HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
# auth.W004 does not see that names are unique whatever their case (accounts.User, constraints).
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
DEVICE_COOKIE_NAME = _cookie_prefix + "device"  # see web/devices
ADMIN_PATH = env.text("ADMIN_PATH", "admin").strip("/")
PRIMARY_PATHS = (f"/{ADMIN_PATH}/", "/moderation/")  # pages that never show an old copy
WROTE_COOKIE_NAME = _cookie_prefix + "wrote"  # its browser reads the primary for a while
TRENDS_NEED_APPROVAL = env.flag("TRENDS_NEED_APPROVAL")  # by staff, before others see them
AI_TRAINING_ALLOWED = env.flag("AI_TRAINING_ALLOWED")  # else robots.txt asks them to stay away
OUTSIDE_ALLOWS_LOOPBACK = env.flag("OUTSIDE_ALLOWS_LOOPBACK")  # see common/outside

MEDIA_ORIGINS = _files.origins  # other sites that serve our pictures (Cloudinary, S3)
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, *MEDIA_ORIGINS],
        "media-src": [SELF, *MEDIA_ORIGINS],
        "connect-src": [SELF, f"ws{SITE_URL.removeprefix('http')}"],  # older browsers: 'self' is no socket
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}

# --- Watching ------------------------------------------------------------------------------------

LOGGING = logs.logging_settings()
# One line for each request and each job; a server on a laptop is quiet.
LOG_REQUESTS = env.flag("LOG_REQUESTS", default=DEBUG or not SITE_IS_LOCAL)
SLOW_QUERY_MS = env.number("SLOW_QUERY_MS", 500)  # 0: none is slow
METRICS_TOKEN, METRICS_ADDRESSES = logs.metrics_token(), guards.networks("METRICS_ADDRESSES")
METRICS_ON = bool(METRICS_TOKEN or METRICS_ADDRESSES)
METRICS_DIR = logs.metrics_dir(DATA_DIR) if METRICS_ON else ""
SENTRY_DSN, OTEL_EXPORTER_OTLP_ENDPOINT = env.text("SENTRY_DSN"), env.text("OTEL_EXPORTER_OTLP_ENDPOINT")
