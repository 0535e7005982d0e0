"""Django's settings, all from the environment; docs/running.md lists what can be set."""

from pathlib import Path

import django_stubs_ext
from csp.constants import NONE, SELF

from comity.lib.environment import Environment, WrongSetting

django_stubs_ext.monkeypatch()

env = Environment()

PACKAGE = Path(__file__).parent
COMITY_DATA = env.folder("COMITY_DATA", Path.cwd() / "data")
#: “comity demo” leaves it in the data folder, so that every command takes the example for one.
EXAMPLE_MARK = COMITY_DATA / "example"
COMITY_DEMO = env.flag(
    "COMITY_DEMO", default=EXAMPLE_MARK.is_file() and not env.text("COMITY_SECRET_KEY")
)
DEBUG = env.flag("COMITY_DEBUG")

_DEMO_KEY = "the-example-keeps-no-secrets"
SECRET_KEY = env.text("COMITY_SECRET_KEY", _DEMO_KEY if COMITY_DEMO else "")
if not SECRET_KEY:
    raise WrongSetting(
        "COMITY_SECRET_KEY is not set. Set it to a long random text that stays the same "
        "(python3 -c 'import secrets; print(secrets.token_urlsafe(50))'), or run “comity demo”."
    )
if not COMITY_DEMO and len(SECRET_KEY) < 40:
    raise WrongSetting("COMITY_SECRET_KEY is too short; use at least 40 random characters.")

#: Whether pages travel over HTTPS (behind a proxy); only the demo and a trial run go without.
HTTPS = env.flag("COMITY_HTTPS", default=not COMITY_DEMO)
ALLOWED_HOSTS = env.listed("COMITY_HOSTS") or ["localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if HTTPS]

INSTALLED_APPS = [
    # ours first: their templates stand before those of the libraries
    "comity.web",
    "comity.search",
    "comity.intake",
    "comity.issuing",
    "comity.portfolio",
    "comity.reminders",
    "comity.forum",
    "comity.reporting",
    "comity.programmes",
    "comity.agreements",
    "comity.directory",
    "comity.territories",
    "comity.accounts",
    "comity.post",
    "comity.audit",
    "comity.files",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.forms",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "comity.accounts.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "comity.web.plain_letters.PlainLetters",
    "comity.directory.clock.ReaderClock",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "comity.web.not_sent.NotSent",
    "comity.web.middleware.KeptPages",
]

ROOT_URLCONF = "comity.urls"
WSGI_APPLICATION = "comity.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "comity.web.context.shell",
            ],
            "builtins": ["comity.web.templatetags.comity"],
        },
    }
]
FORM_RENDERER = "comity.web.forms.Renderer"

DATABASES = {"default": env.database("COMITY_DATABASE_URL", data=COMITY_DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    # how often somebody failed to sign in: all processes of the server must count together
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": COMITY_DATA / "cache",
    },
    # what pages tell of the whole register; its keys change with each write that matters
    "pictures": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pictures",
        "TIMEOUT": 24 * 3600,
    },
    # whole pages, kept under everything that they depend on: see comity.web.middleware
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "TIMEOUT": 3600,
        "OPTIONS": {"MAX_ENTRIES": 500},
    },
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["comity.accounts.backends.People"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
CSRF_FAILURE_VIEW = "comity.web.not_sent.from_an_older_page"
LOGIN_REDIRECT_URL = "work"
ACCOUNT_ADAPTER = "comity.accounts.adapter.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_RATE_LIMITS = {"login_failed": "5/5m/key,20/5m/ip"}
#: Behind the proxy that ends HTTPS, addresses of people stand in X-Forwarded-For.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if HTTPS else 0
ACCOUNT_USER_DISPLAY = str
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
MFA_TOTP_ISSUER = "Comity"

LANGUAGE_CODE = env.text("COMITY_LANGUAGE", "en")
LANGUAGES = [("be", "Беларуская"), ("ru", "Русский"), ("en", "English")]
FORMAT_MODULE_PATH = "comity.lib.formats"
LOCALE_PATHS = [PACKAGE / "locale"]
LANGUAGE_COOKIE_NAME = "comity_language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = HTTPS
TIME_ZONE = env.text("COMITY_TIME_ZONE", "Europe/Minsk")
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = COMITY_DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
#: Without it WhiteNoise serves straight from the packages, as a trial run and the tests do.
WHITENOISE_USE_FINDERS = DEBUG

#: The largest document that is taken in, in bytes.
LARGEST_UPLOAD = 25 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
FILE_UPLOAD_PERMISSIONS = 0o600

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
# not kept by each process besides: whoever signs out in one would stay signed in in the others
SESSION_ENGINE = "django.contrib.sessions.backends.db"

#: How letters name the register; without it, the first of the hosts.
COMITY_ADDRESS = env.text(
    "COMITY_ADDRESS",
    f"https://{ALLOWED_HOSTS[0]}" if HTTPS else f"http://{ALLOWED_HOSTS[0]}:8000",
).rstrip("/")
#: The hour, in the register's time zone, from which people are reminded each day.
COMITY_REMIND_HOUR = env.whole("COMITY_REMIND_HOUR", 7)
#: Days after which letters that wait for nothing are removed; 0 keeps them all.
COMITY_LETTERS_KEPT = env.whole("COMITY_LETTERS_KEPT", 365)
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

EMAIL_BACKEND = "comity.post.smtp.EmailBackend"
if COMITY_DEMO:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
#: The example has no secrets: what its letters say is kept, and its administrator reads them whole.
LETTERS_ARE_EXAMPLES = COMITY_DEMO
EMAIL_FILE_PATH = COMITY_DATA / "mail"
EMAIL_HOST = env.text("COMITY_MAIL_HOST", "localhost")
EMAIL_USE_SSL = env.flag("COMITY_MAIL_SSL")
EMAIL_USE_TLS = env.flag("COMITY_MAIL_TLS")
if EMAIL_USE_SSL and EMAIL_USE_TLS:
    raise WrongSetting(
        "COMITY_MAIL_SSL and COMITY_MAIL_TLS are both set. Set one: the first where the "
        "server wants TLS from the start (port 465), the other where it wants STARTTLS (port 587)."
    )
EMAIL_PORT = env.whole("COMITY_MAIL_PORT", 465 if EMAIL_USE_SSL else 587 if EMAIL_USE_TLS else 25)
EMAIL_HOST_USER = env.text("COMITY_MAIL_USER")
EMAIL_HOST_PASSWORD = env.text("COMITY_MAIL_PASSWORD")
EMAIL_TIMEOUT = 60
DEFAULT_FROM_EMAIL = env.text("COMITY_MAIL_FROM", "comity@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
