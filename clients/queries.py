"""Who stands behind a token, and which apps a person lets in."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max, Min, QuerySet

from accounts.models import User
from clients.keys import checksum_of
from clients.models import AccessToken, App
from common.ids import moment_of
from common.prepared import Prepared

_JOINING = timedelta(seconds=10)  # from the account to its first token, in one request
_KEY_MAX_LENGTH = 200  # characters; ours have 43
_TOKEN = ("pk", "app_id", "scopes", "used_at")


@dataclass(frozen=True, slots=True)
class Access:
    """What a token lets an app do, and as whom: nobody, when it speaks for itself alone."""

    token_id: int
    app_id: int
    scopes: str
    used_at: datetime | None
    user: User | None


@dataclass(frozen=True, slots=True)
class LetIn:
    """An app that a person let in: what it may do, since when, and when it last did something."""

    app_id: int
    name: str
    website: str
    scopes: str
    since: datetime
    used_at: datetime | None


def access_by(key: str) -> Access | None:
    """The access this key gives, by one query; none while its person is suspended or leaving.

    The person is the slim row of `for_request`.
    """
    if not key or len(key) > _KEY_MAX_LENGTH:
        return None
    rows = _ACCESS.rows(checksum=checksum_of(key))
    if not rows:
        return None
    (token_id, app_id, granted, used_at), columns = rows[0][: len(_TOKEN)], rows[0][len(_TOKEN) :]
    is_persons = columns[_USER.index("id")] is not None
    user = User.from_db("default", _USER, columns) if is_persons else None
    if user is not None and not user.is_active:
        return None
    return Access(token_id, app_id, granted, used_at, user)


def app_by(client_id: str) -> App | None:
    return App.objects.filter(client_id=client_id).first() if "\0" not in client_id else None


def apps_of(user: User) -> list[LetIn]:
    """The apps that act for the person, the latest let in first. One query."""
    held = App.objects.filter(tokens__user=user)
    told = held.annotate(
        since=Min("tokens__created_at"), last=Max("tokens__used_at"), granted=Max("tokens__scopes")
    )
    rows = told.order_by("-since").values_list("pk", "name", "website", "granted", "since", "last")
    return [LetIn(*row) for row in rows]


def joined_with(user: User) -> int | None:
    """The id of the app they joined with: its token came with the account, and is still there."""
    at_once = moment_of(user.pk) + _JOINING
    tokens = AccessToken.objects.filter(user=user, created_at__lte=at_once).order_by("pk")
    return tokens.values_list("app_id", flat=True).first()


def _access(checksum: str) -> QuerySet[AccessToken, tuple[object, ...]]:
    columns = (f"user__{column}" for column in _USER)
    return AccessToken.objects.filter(checksum=checksum).values_list(*_TOKEN, *columns)


# What the request of a person loads, here as with a session (accounts/backends), in the order of the model.
_USER = tuple(
    field.attname for field in User._meta.concrete_fields if field.attname in {"id", *User.FOR_REQUEST}
)
_ACCESS = Prepared(_access)
