"""Values that would make a server dangerous or that mean nothing: each stops the start with one sentence."""

import re
from base64 import urlsafe_b64decode
from ipaddress import ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email

from twitter_clone import env

_KEY_LENGTH = 50  # characters; this and the next are Django's own measure (security.W009)
_KEY_DIFFERENT = 5
_CURVE_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of P-256
_LOCAL_KEY = "for development only, never for a server that others reach"
_REDIS = {"redis", "rediss"}
_BROKERS = {*_REDIS, "amqp", "amqps"}


def site_url() -> str:
    """SITE_URL as it was given."""
    return env.text("SITE_URL", "http://localhost:8000").rstrip("/")


def site(url: str) -> SplitResult:
    """The public address in parts. Raises ImproperlyConfigured unless it is scheme, host, perhaps a port.

    Likewise on plain http where others than this machine would use it, unless PLAIN_HTTP or DEBUG says yes.
    """
    try:
        parts = urlsplit(url)
        right = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:  # a port that is no number, a bracket that is not closed
        right = False
    if not right or parts.path or parts.query or parts.fragment or "@" in parts.netloc:
        raise ImproperlyConfigured(f"SITE_URL is “{url}”; write scheme and host, like https://example.org.")
    if parts.scheme == "http" and not (is_local(parts) or env.flag("PLAIN_HTTP") or env.flag("DEBUG")):
        raise ImproperlyConfigured(
            f"SITE_URL is “{url}”: over http anybody on the way reads passwords. Write https://… with a proxy"
            " in front that ends TLS (docs/running.md), or PLAIN_HTTP=yes for a network of your own."
        )
    return parts


def is_local(parts: SplitResult) -> bool:
    """Whether only this machine can reach that address: a name or number of loopback (RFC 6761, 6.3)."""
    host = parts.hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def own_origins(parts: SplitResult) -> list[str]:
    """From whose pages a socket may be opened: ours, on this machine under each of its names."""
    if not is_local(parts):
        return [f"{parts.scheme}://{parts.netloc}"]
    port = f":{parts.port}" if parts.port else ""
    hosts = dict.fromkeys([parts.netloc.removesuffix(port), "localhost", "127.0.0.1", "[::1]"])
    return [f"{parts.scheme}://{host}{port}" for host in hosts]


def contact_email() -> str:
    """CONTACT_EMAIL, or nothing. Raises ImproperlyConfigured unless it is an address."""
    address = env.text("CONTACT_EMAIL")
    try:
        if address:
            validate_email(address)
    except ValidationError:
        raise ImproperlyConfigured(
            f"CONTACT_EMAIL is “{address}”; write an address like help@example.org, or nothing."
        ) from None
    return address


def secret_keys(*, trial: bool) -> tuple[str, list[str]]:
    """The key and its predecessors; a trial (DEBUG on a local address) needs none.

    Raises ImproperlyConfigured when one is missing or could be guessed.
    """
    key = env.text("SECRET_KEY")
    former = [key for key in env.text("SECRET_KEY_FALLBACKS").split(",") if key]
    if trial:
        return key or _LOCAL_KEY, former
    if not key:
        raise ImproperlyConfigured(
            "SECRET_KEY is missing. Set it to 50 or more random characters, or use bin/run, which makes one."
        )
    _insist_on_strong("SECRET_KEY", key)
    for old in former:
        _insist_on_strong("SECRET_KEY_FALLBACKS", old)
    return key, former


def allowed_hosts(*, debug: bool) -> list[str]:
    """The hosts this server answers for. Raises ImproperlyConfigured on none, or “*” without DEBUG."""
    hosts = [host.strip() for host in env.text("ALLOWED_HOSTS").split(",") if host.strip()]
    if debug:
        return hosts or ["localhost", "127.0.0.1", "[::1]"]
    if not hosts:
        raise ImproperlyConfigured(
            "ALLOWED_HOSTS is empty. Name the hosts that people use to reach us, separated by commas."
        )
    if "*" in hosts:
        raise ImproperlyConfigured(
            "ALLOWED_HOSTS is “*”, which lets anyone say who we are. Name the hosts that people use instead."
        )
    return hosts


def redis_url() -> str:
    """REDIS_URL, or nothing. Raises ImproperlyConfigured unless it names a Redis."""
    url = env.text("REDIS_URL")
    if url and urlsplit(url).scheme not in _REDIS:
        # The address itself is not repeated: it may hold a password.
        raise ImproperlyConfigured("REDIS_URL names no Redis; write redis://host:6379/0 or rediss://…")
    return url


def networks(name: str) -> list[str]:
    """Addresses and networks, as “127.0.0.1, 10.0.0.0/8”. Raises ImproperlyConfigured on anything else."""
    found = [part.strip() for part in env.text(name).split(",") if part.strip()]
    for part in found:
        try:
            ip_network(part)
        except ValueError:
            raise ImproperlyConfigured(
                f"{name} names “{part}”, which is neither an address nor a network like 10.0.0.0/8."
            ) from None
    return found


def broker_url(redis: str) -> str:
    """CELERY_BROKER_URL, or nothing; the word “redis” stands for REDIS_URL, which is `redis`.

    Raises ImproperlyConfigured unless it names a broker.
    """
    url = env.text("CELERY_BROKER_URL")
    if url == "redis":
        if not redis:
            raise ImproperlyConfigured("CELERY_BROKER_URL is “redis”, the one of REDIS_URL: set that, too.")
        return redis
    if url and urlsplit(url).scheme not in _BROKERS:
        raise ImproperlyConfigured(
            "CELERY_BROKER_URL names no broker; write redis (for the one of REDIS_URL), redis://…, rediss://…,"
            " amqp://user:password@host:5672/vhost or amqps://…"
        )
    return url


def vapid_private_key() -> str:
    """VAPID_PRIVATE_KEY, or nothing. Raises ImproperlyConfigured unless it can be a key."""
    key = env.text("VAPID_PRIVATE_KEY").rstrip("=")
    if not key:
        return ""
    is_well_written = re.fullmatch(r"[A-Za-z0-9_-]{43}", key)
    if not is_well_written or not 0 < int.from_bytes(urlsafe_b64decode(key + "=")) < _CURVE_ORDER:
        raise ImproperlyConfigured(
            "VAPID_PRIVATE_KEY is no key: write 32 random bytes as base64url. bin/run makes one itself."
        )
    return key


def _insist_on_strong(name: str, key: str) -> None:
    few = len(key) < _KEY_LENGTH or len(set(key)) < _KEY_DIFFERENT
    if few or key.startswith("django-insecure"):
        raise ImproperlyConfigured(
            f"{name} can be guessed. Set it to 50 or more random characters; bin/run makes such a key itself."
        )
