"""People as clients see them: `Account`, and `CredentialAccount` for oneself."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.core.files.storage import default_storage
from django.db.models import QuerySet
from django.utils.html import escape

from accounts.models import ProfileField, User
from accounts.roles import Role
from api.answers import encode
from api.shapes.kept import Kept
from api.shapes.values import absolute, html_of, stamp, stamp_of, static
from common.prepared import Prepared

_KEPT = 4000  # people, about two KB each


class _Person(NamedTuple):
    """The columns of a person that everybody may see."""

    id: int
    username: str
    display_name: str
    bio_html: str
    avatar: str
    header: str
    is_locked: bool
    is_findable: bool
    hides_network: bool
    is_automated: bool
    avatar_description: str
    header_description: str
    tweets_count: int
    followers_count: int
    following_count: int
    last_tweeted_at: datetime | None


class _Field(NamedTuple):
    """The columns of one line of the profile."""

    position: int
    name: str
    value: str
    verified_at: datetime | None


_Facts = tuple[_Person, tuple[_Field, ...]]


def accounts(ids: Iterable[int]) -> dict[int, bytes]:
    """The `Account` of each of these people. One query; who may be seen is asked elsewhere."""
    wanted = list(dict.fromkeys(ids))
    people: dict[int, _Person] = {}
    lines: dict[int, list[_Field]] = {}
    for row in _PEOPLE.rows(ids=wanted) if wanted else ():
        people[row[0]] = _Person._make(row[:_LINE])
        if row[_LINE] is not None:
            lines.setdefault(row[0], []).append(_Field._make(row[_LINE:]))
    return {
        an_id: _kept.once(an_id, (person, tuple(sorted(lines.get(an_id, ())))), _encoded)
        for an_id, person in people.items()
    }


def account(person: User) -> bytes:
    """The `Account` of one person."""
    return accounts([person.pk])[person.pk]


def accounts_in_order(ids: Sequence[int]) -> list[bytes]:
    """As `accounts`, in the order of the ids."""
    found = accounts(ids)
    return [found[an_id] for an_id in ids if an_id in found]


def muted_account(account: bytes, until: datetime | None) -> bytes:
    """`MutedAccount`: with the end of a mute that has one."""
    return b'%b,"mute_expires_at":%b}' % (account[:-1], encode(stamp(until) if until else None))


def own_account(person: User, follow_requests: int) -> dict[str, Any]:
    """`CredentialAccount`: with what one wrote, as one wrote it, and what a new tweet begins with."""
    row = _Person._make(getattr(person, name) for name in _Person._fields)
    fields = [
        _Field(field.position, field.name, field.value, field.verified_at)
        for field in ProfileField.objects.filter(person=person).order_by("position")
    ]
    return {
        **_shape((row, tuple(fields))),
        "source": {
            "note": person.bio,
            "fields": [field_of(field, field.value) for field in fields],
            "privacy": VISIBILITY[person.posts_to],
            "sensitive": person.posts_sensitive,
            "language": person.posts_language or None,
            "follow_requests_count": follow_requests,
            "hide_collections": person.hides_network,
            "discoverable": person.is_findable,
            "indexable": person.is_findable,
            "attribution_domains": person.attribution_domains,
            "quote_policy": QUOTE_POLICY[person.posts_quoters],
        },
        "role": _role(person.staff_role),
    }


# Our words, and those of clients.
VISIBILITY = {"public": "public", "quiet": "unlisted", "followers": "private", "direct": "direct"}
QUOTE_POLICY = {"everyone": "public", "followers": "followers", "nobody": "nobody"}
_EVERYBODY = "-99"  # the role of people without any, as clients know it


def _role(role: Role) -> dict[str, Any]:
    """`Role`. What staff may do is done on the site, so no permission of it counts for apps."""
    return {
        "id": str(role.rank or _EVERYBODY),
        "name": role.label if role.rank else "",
        "color": "",
        "permissions": "0",
        "highlighted": False,
        "collection_limit": 0,
    }


def _encoded(facts: _Facts) -> bytes:
    return encode(_shape(facts))


def _shape(facts: _Facts) -> dict[str, Any]:
    person, fields = facts
    url = f"{settings.SITE_URL}/@{person.username}"
    avatar = absolute(default_storage.url(person.avatar)) if person.avatar else static("api/avatar.png")
    header = absolute(default_storage.url(person.header)) if person.header else static("api/header.png")
    said = person.last_tweeted_at
    return {
        "id": str(person.id),
        "username": person.username.partition("@")[0],
        "acct": person.username,
        "display_name": person.display_name or person.username.partition("@")[0],
        "locked": person.is_locked,
        "bot": person.is_automated,
        "group": False,
        "discoverable": person.is_findable,
        "indexable": person.is_findable,
        "noindex": not person.is_findable,
        "created_at": stamp_of(person.id),
        "note": _note(person.bio_html),
        "url": url,
        "uri": url,
        "avatar": avatar,
        "avatar_static": avatar,
        "avatar_description": person.avatar_description,
        "header": header,
        "header_static": header,
        "header_description": person.header_description,
        "followers_count": person.followers_count,
        "following_count": person.following_count,
        "statuses_count": person.tweets_count,
        "last_status_at": f"{said:%Y-%m-%d}" if said else None,
        "hide_collections": person.hides_network,
        "emojis": [],
        "roles": [],
        "fields": [field_of(field, _field_html(field.value)) for field in fields],
        "moved": None,
        "suspended": False,
        "limited": False,
        "memorial": False,
        "feature_approval": None,
        "show_featured": True,
        "show_media": True,
        "show_media_replies": True,
    }


def _note(bio_html: str) -> str:
    inner = html_of(bio_html).replace("<br><br>", "</p><p>")
    return f"<p>{inner}</p>" if inner else ""


def field_of(field: _Field | ProfileField, value: str) -> dict[str, Any]:
    verified = field.verified_at
    return {"name": field.name, "value": value, "verified_at": stamp(verified) if verified else None}


def _field_html(value: str) -> str:
    is_link = ProfileField(value=value).is_link
    safe = escape(value)
    return html_of(f'<a href="{safe}">{safe}</a>') if is_link else safe


def _people(ids: list[int]) -> QuerySet[User, tuple[object, ...]]:
    lines = (f"fields__{column}" for column in _Field._fields)
    return User.objects.filter(pk__in=ids).values_list(*_Person._fields, *lines)


_LINE = len(_Person._fields)  # where the columns of a line begin
_PEOPLE = Prepared(_people)
_kept: Kept[_Facts] = Kept(_KEPT)
