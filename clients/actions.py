"""What can be done with apps and the access they have. Nobody else writes these rows."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from django.conf import settings
from django.db import OperationalError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from clients import scopes
from clients.keys import checksum_of, new_key
from clients.models import AccessToken, App, AuthorizationCode
from clients.redirects import OUT_OF_BAND, check_addresses
from common.errors import Invalid
from common.sweeping import sweep
from events.bus import publish
from events.catalogue import AccessEnded

NAME_MAX_LENGTH = 60
_USE_NOTED = timedelta(hours=1)  # the page of apps tells when each was used, to the hour


def register_app(
    name: str, redirect_uris: Sequence[str], wanted: str = "", website: str = ""
) -> tuple[App, str]:
    """A new app, and its secret, which nobody can read again. Without scopes it may read.

    Raises Invalid for a missing name, an address nobody may be sent to, or an unknown scope.
    """
    name, website = " ".join(name.split()), website.strip()
    if not name or len(name) > NAME_MAX_LENGTH or not name.isprintable():
        raise Invalid(f"Name the app, in up to {NAME_MAX_LENGTH} characters.", "client_name")
    if website and not (website.startswith(("https://", "http://")) and len(website) <= 2000):
        raise Invalid("The website must be an address that begins with https://.", "website")
    secret = new_key()
    app = App.objects.create(
        name=name,
        website=website,
        client_id=new_key(),
        secret_checksum=checksum_of(secret),
        redirect_uris=check_addresses(list(redirect_uris)),
        scopes=scopes.parse(wanted) or scopes.DEFAULT,
    )
    return app, secret


def save_code(
    app: App, user: User, code: str, *, redirect_uri: str, granted: str, challenge: str = ""
) -> AuthorizationCode:
    """The person said yes: the app may redeem the code within OAUTH_CODE_SECONDS."""
    return AuthorizationCode.objects.create(
        checksum=checksum_of(code),
        app=app,
        user=user,
        redirect_uri=redirect_uri,
        scopes=granted,
        challenge=challenge,
        expires_at=timezone.now() + timedelta(seconds=settings.OAUTH_CODE_SECONDS),
    )


def save_token(
    app: App, user: User | None, key: str, granted: str, code: AuthorizationCode | None = None
) -> AccessToken:
    """Let the app in with this key, as the person or for itself alone."""
    return AccessToken.objects.create(
        checksum=checksum_of(key), app=app, user=user, scopes=granted, code=code
    )


@transaction.atomic
def make_token(person: User, name: str, wanted: str) -> str:
    """An app of the person's own that acts for them at once; the key, which nobody can read again.

    Raises Invalid for a name or scope that cannot be.
    """
    app, _ = register_app(name, [OUT_OF_BAND], wanted)
    key = new_key()
    save_token(app, person, key, app.scopes)
    return key


def use_up(code: AuthorizationCode) -> None:
    """The code was redeemed; it stays known, so that a second time is noticed."""
    code.used_at = timezone.now()
    code.save(update_fields=["used_at"])


def note_use(token_id: int, before: datetime | None) -> None:
    """The app just used its token, as it did at `before`. Written down once an hour only."""
    now = timezone.now()
    if before is None or now - before > _USE_NOTED:
        with suppress(OperationalError):  # reading goes on where nothing can be written
            AccessToken.objects.filter(pk=token_id).update(used_at=now)


@transaction.atomic
def end_replayed(code: AuthorizationCode) -> None:
    """The code came a second time, so somebody else may have it: what came of it ends."""
    _end(AccessToken.objects.filter(code=code))


@transaction.atomic
def end_token(app: App, key: str) -> None:
    """The app gives its token back; a key that is not the app's changes nothing."""
    _end(AccessToken.objects.filter(app=app, checksum=checksum_of(key)))


@transaction.atomic
def end_app_of(user: User, app_id: int) -> None:
    """The person lets the app in no more: its tokens are dead, its codes worth nothing."""
    AuthorizationCode.objects.filter(user=user, app_id=app_id).delete()
    _end(AccessToken.objects.filter(user=user, app_id=app_id))


@transaction.atomic
def end_all_of(user_id: int) -> None:
    """No app gets in as this person any more."""
    AuthorizationCode.objects.filter(user_id=user_id).delete()
    _end(AccessToken.objects.filter(user_id=user_id))


def _end(tokens: QuerySet[AccessToken]) -> None:
    for token_id, user_id in list(tokens.select_for_update().values_list("pk", "user_id")):
        AccessToken.objects.filter(pk=token_id).delete()
        publish(AccessEnded(token_id, user_id))


def forget_codes(*, dry_run: bool = False) -> int:
    """Remove codes that can no longer be redeemed, a day later; returns how many."""
    old = timezone.now() - timedelta(days=1)
    return sweep(AuthorizationCode.objects.filter(expires_at__lt=old), dry_run=dry_run)


def forget_unused_tokens(*, dry_run: bool = False) -> int:
    """Remove tokens that an app has for itself alone and has not used for OAUTH_UNUSED_APP_DAYS; returns how
    many. It gets another one whenever it asks. Those that a person gave stay until that person takes them.
    """
    old = timezone.now() - timedelta(days=settings.OAUTH_UNUSED_APP_DAYS)
    asleep = AccessToken.objects.filter(user=None, created_at__lt=old).exclude(used_at__gte=old)
    return sweep(asleep, dry_run=dry_run)


def forget_unused_apps(*, dry_run: bool = False) -> int:
    """Remove apps that registered OAUTH_UNUSED_APP_DAYS ago and have no token; returns how many."""
    old = timezone.now() - timedelta(days=settings.OAUTH_UNUSED_APP_DAYS)
    return sweep(App.objects.filter(created_at__lt=old, tokens=None, codes=None), dry_run=dry_run)
