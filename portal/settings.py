"""Settings, read top to bottom. What differs between machines comes from the environment (see deploy/portal.env)."""

from pathlib import Path

from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from portal import env, folder_queue, schedule, writing_surface

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = env.folder("PORTAL_VAR", BASE_DIR / "var")

# What this installation is. Embedded (bin/run) needs nothing set; production refuses weak secrets.
PRODUCTION = env.flag("PORTAL_PRODUCTION")
DEBUG = env.flag("PORTAL_DEBUG")
SECRET_KEY = env.text(
    "PORTAL_SECRET_KEY", None if PRODUCTION else "embedded-only-" + "never-in-production-" * 3
)
ALLOWED_HOSTS = env.words("PORTAL_HOSTS", "" if PRODUCTION else "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env.words("PORTAL_ORIGINS")
PUBLIC_ORIGIN = env.text(
    "PORTAL_PUBLIC_ORIGIN", ""
)  # https://… used in canonical links; empty: the request's own

if PRODUCTION and (len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 8):
    raise env.Misconfigured("PORTAL_SECRET_KEY", "is too weak: at least 50 characters, chosen at random")
if PRODUCTION and not ALLOWED_HOSTS:
    raise env.Misconfigured("PORTAL_HOSTS", "must name the hosts this portal answers for")

# The house.
INSTALLED_APPS = [
    "modeltranslation",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "portal.accounts",
    "portal.languages",
    "portal.history",
    "portal.directory",
    "portal.library",
    "portal.web",
    "portal.people",
    "portal.duties",
    "portal.search",
    "portal.mailing",
    "portal.editorial",
    "news",
    "pressroom",
    "publications",
    "training",
    "demo",
    "portal.editorial.site.PortalAdminConfig",
    "django.contrib.staticfiles",
    "ckeditor",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "csp",
]
MIDDLEWARE = [
    "portal.web.middleware.UsableRequest",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "portal.web.middleware.Headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "portal.languages.middleware.ChooseLanguage",
    "portal.search.page_cache.PageCache",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "portal.accounts.middleware.SessionLimits",
    "portal.accounts.middleware.StaffLanguage",
    "portal.accounts.middleware.SecondFactor",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]
if not PRODUCTION:  # there, nginx compresses
    MIDDLEWARE.insert(MIDDLEWARE.index("csp.middleware.CSPMiddleware"), "portal.web.middleware.Compression")
ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
APPEND_SLASH = True
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
                "csp.context_processors.nonce",
                "portal.web.context.shell",
            ],
        },
    },
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# What the ministry signs (portal.history.signatures): a key of 32 bytes in base64, the same on every machine.
SIGNING_KEY = env.text("PORTAL_SIGNING_KEY", "")
SIGNING_KEY_FILE = VAR_DIR / "signing.key"  # made when no key is named: for an installation of one machine

# Where things are kept.
DATABASES = {"default": env.database("DATABASE_URL", f"sqlite:///{VAR_DIR / 'portal.sqlite3'}")}
REDIS_URL = env.text("REDIS_URL", "")
CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
        if REDIS_URL
        else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 500}}
    )
}
# Originals and renditions are private files: portal.library decides who may see one.
MEDIA_ROOT = env.folder("PORTAL_MEDIA", VAR_DIR / "media")
X_ACCEL_PREFIX = env.text("PORTAL_X_ACCEL", "")  # e.g. /protected/ : nginx sends the bytes after we said yes
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 8_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000  # a bulletin of five hundred entries has so many
FILE_UPLOAD_PERMISSIONS = 0o640

STATIC_URL = "/static/"
STATIC_ROOT = env.folder("PORTAL_STATIC", VAR_DIR / "static")
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_AUTOREFRESH = False

# Languages and time: stored UTC, spoken Asia/Ho_Chi_Minh.
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
MODELTRANSLATION_LANGUAGES = ("vi", "en")
MODELTRANSLATION_DEFAULT_LANGUAGE = "vi"
MODELTRANSLATION_FALLBACK_LANGUAGES = ()  # an empty English text is never silently Vietnamese

# Who may sign in, and for how long (Law 116/2025 level 2: lock-out after 5 failures, sessions 15 and 5 minutes,
# passwords of 14 characters or 8 with a second factor, idle accounts closed after 45 days).
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "portal.accounts.passwords.LongEnough"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "registration/locked_out.html"
AXES_HTTP_RESPONSE_CODE = 429
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False  # deploy/README.md says how to look, and how to end a lock sooner
PROXIES = env.number("PORTAL_PROXIES", 0)  # trusted proxies in front, each appending to X-Forwarded-For
AXES_CLIENT_IP_CALLABLE = "portal.accounts.client_address.client_address"
SESSION_COOKIE_AGE = 12 * 3600  # a working day at most; the idle limits below are shorter
SESSION_IDLE_MINUTES = env.number("PORTAL_SESSION_IDLE_MINUTES", 15)
SESSION_IDLE_MINUTES_ADMINISTRATOR = env.number("PORTAL_SESSION_IDLE_MINUTES_ADMINISTRATOR", 5)
PASSWORD_LENGTH = 14
PASSWORD_LENGTH_WITH_SECOND_FACTOR = 8
PASSWORD_DAYS_ADMINISTRATOR = 60
ACCOUNT_IDLE_DAYS = 45
REQUIRE_SECOND_FACTOR = env.flag("PORTAL_REQUIRE_SECOND_FACTOR", PRODUCTION)
OTP_TOTP_ISSUER = "Cổng Thông tin đối ngoại"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
CSRF_FAILURE_VIEW = "portal.web.errors.csrf_refused"

# What a browser is told.
SECURE_SSL_REDIRECT = PRODUCTION and env.flag("PORTAL_HTTPS_REDIRECT", True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.flag("PORTAL_BEHIND_PROXY") else None
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"  # the editors' live preview is a frame of our own page
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-src": [SELF],
        "frame-ancestors": [SELF],
        "base-uri": [NONE],
    }
}

# The clock and the workers. No server needed by default: messages are files under var/.
CELERY_BROKER_URL = REDIS_URL or f"{folder_queue.SCHEME}://"
QUEUE_DIR = env.folder("PORTAL_QUEUE", VAR_DIR / "queue")
CELERY_BROKER_TRANSPORT_OPTIONS = (
    {"visibility_timeout": 3600, "socket_timeout": 5, "socket_connect_timeout": 5}
    if REDIS_URL
    else {
        "data_folder_in": str(QUEUE_DIR),
        "data_folder_out": str(QUEUE_DIR),
        "control_folder": str(QUEUE_DIR / "control"),
    }
)
CELERY_TASK_IGNORE_RESULT = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat")
CLOCK_TICK_SECONDS = schedule.TICK_SECONDS
CELERY_BEAT_SCHEDULE = schedule.BEAT

# Mail stays on this machine unless a server is named.
EMAIL_HOST = env.text("PORTAL_SMTP_HOST", "")
EMAIL_PORT = env.number("PORTAL_SMTP_PORT", 25)
EMAIL_HOST_USER = env.text("PORTAL_SMTP_USER", "")
EMAIL_HOST_PASSWORD = env.text("PORTAL_SMTP_PASSWORD", "")
EMAIL_USE_TLS = env.flag("PORTAL_SMTP_TLS")
MAIL_BACKEND = env.text(
    "PORTAL_MAIL_BACKEND", ""
)  # a backend of Django instead of SMTP, such as django-anymail's
DEFAULT_FROM_EMAIL = env.text("PORTAL_MAIL_FROM", "thongtindoingoai@portal.example")
EMAIL_FILE_PATH = env.folder("PORTAL_MAIL", VAR_DIR / "mail")
MAIL_DOMAIN = env.text(
    "PORTAL_MAIL_DOMAIN", DEFAULT_FROM_EMAIL.rpartition("@")[2]
)  # Message-IDs, return paths
MAIL_ORIGIN = PUBLIC_ORIGIN or f"http://localhost:{env.number('PORT', 8000)}"  # of the links in letters
# More forms of one kind in a minute than people send: from then on each asks a puzzle of its sender's machine.
FORM_POSTS_A_MINUTE = 600
MAIL_BOUNCES = env.text(
    "PORTAL_MAIL_BOUNCES", ""
)  # maildir:///path, imaps://user:password@host/folder or pops://user:password@host
# How fast mail may go; 0 is as fast as the server takes it.
MAIL_PER_MINUTE = env.number("PORTAL_MAIL_PER_MINUTE", 0)
MAIL_PER_MINUTE_AND_DOMAIN = env.number("PORTAL_MAIL_PER_MINUTE_AND_DOMAIN", 60 if EMAIL_HOST else 0)
EMAIL_BACKEND = "portal.mailing.backend.Door"
# The key that signs what leaves by SMTP: its file, or itself in PEM. Empty: the mail server signs, or nobody.
MAIL_DKIM_KEY = env.text("PORTAL_DKIM_KEY", "")
MAIL_DKIM_SELECTOR = env.text("PORTAL_DKIM_SELECTOR", "")
MAIL_DKIM_DOMAIN = env.text("PORTAL_DKIM_DOMAIN", DEFAULT_FROM_EMAIL.rpartition("@")[2]).lower()

# The editors' writing surface. Everything it sends is cleaned again on save (portal.richtext).
CKEDITOR_BASEPATH = STATIC_URL + "ckeditor/ckeditor/"
CKEDITOR_CONFIGS = {"default": writing_surface.config(STATIC_URL)}
SILENCED_SYSTEM_CHECKS = [
    "ckeditor.W001",  # CKEditor 4 is past its support: no samples, no version check, no script allowed; nh3 on save
    "security.W019",  # X_FRAME_OPTIONS SAMEORIGIN is meant: live preview
]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("PORTAL_LOG_LEVEL", "WARNING")},
    "loggers": {"portal": {"level": env.text("PORTAL_LOG_LEVEL", "INFO")}},
}
