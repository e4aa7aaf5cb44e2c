"""What goes into an archive, one piece after the other. `place` names the next piece: all there is to keep.

First the tweets with their pictures, then the tables, last the profile and the first page, which counts the
others.
"""

import json
import logging
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from accounts.models import ProfileField, User
from common.naming import site_name
from portability.said import AT_ONCE, Batch, tweets_of, unsaid_by
from portability.tables import TABLES, as_csv
from portability.zips import ZipStream

logger = logging.getLogger(__name__)

END = "end"
_DAY = "%d %B %Y, %H:%M UTC"
# Of the profile's row; nothing that lets anybody in, and nothing that staff noted.
_SETTINGS = (
    "location",
    "website",
    "attribution_domains",
    "is_locked",
    "hides_network",
    "is_findable",
    "hides_counts",
    "messages_from",
    "time_zone",
    "opens_warnings",
    "pictures_shown",
    "reads_languages",
    "posts_to",
    "posts_repliers",
    "posts_quoters",
    "posts_language",
    "posts_sensitive",
)


def write_next(archive: ZipStream, owner: User, place: str) -> tuple[str, int]:
    """Write the piece at `place`, "" being the first. Returns the place of the next one, END after the last,
    and how many tweets were written.
    """
    kind, _, rest = place.partition(":")
    if kind in ("", "tweets"):
        return _tweets(archive, owner, rest)
    if kind == "table":
        return _table(archive, owner, rest), 0
    _profile(archive, owner, pages=int(rest or 0))
    return END, 0


def _tweets(archive: ZipStream, owner: User, rest: str) -> tuple[str, int]:
    before, _, written = rest.partition(":")
    number = int(written or 0) + 1
    batch = tweets_of(owner, int(before) if before else None)
    if batch is None:
        return f"table:0:{number - 1}", 0
    archive.add(f"tweets/{number:04}.json", _json(batch.tweets))
    archive.add(f"tweets/{number:04}.html", _page(owner, batch, number))
    for name, stored in batch.pictures:
        _copy(archive, name, stored)
    next_place = f"tweets:{batch.last_id}:{number}" if batch.has_more else f"table:0:{number}"
    return next_place, len(batch.tweets)


def _page(owner: User, batch: Batch, number: int) -> str:
    tweets = [{**tweet, "day": _day(tweet["created_at"])} for tweet in batch.tweets]
    context = {
        "handle": owner.full_handle,
        "tweets": tweets,
        "number": number,
        "previous": f"{number - 1:04}.html",
        "next": f"{number + 1:04}.html",
        "has_more": batch.has_more,
    }
    return render_to_string("portability/tweets.html", context)


def _table(archive: ZipStream, owner: User, rest: str) -> str:
    place, _, pages = rest.partition(":")
    name, rows = list(TABLES.items())[int(place)]
    with archive.member(name) as write:
        for text in as_csv(rows(owner)):
            write(text)
    following = int(place) + 1
    return f"table:{following}:{pages}" if following < len(TABLES) else f"rest:{pages}"


def _profile(archive: ZipStream, owner: User, *, pages: int) -> None:
    profile = profile_of(owner)
    for kind, stored in (("picture", owner.avatar), ("header", owner.header)):
        if stored and _copy(archive, name := f"{kind}.{stored.rpartition('.')[2]}", stored):
            profile[kind] = name
    archive.add("profile.json", _json(profile))
    archive.add("drafts.json", _json(unsaid_by(owner)))
    archive.add("archive.css", render_to_string("portability/archive.css"))
    context = {
        "profile": profile,
        "site_name": site_name(),
        "site_url": settings.SITE_URL,
        "day": timezone.now().strftime(_DAY),
        "at_once": AT_ONCE,
        "pages": [
            {"number": number, "address": f"tweets/{number:04}.html"} for number in range(1, pages + 1)
        ],
    }
    archive.add("index.html", render_to_string("portability/index.html", context))


def profile_of(owner: User) -> dict[str, Any]:
    """What somebody says of themselves, and how they have it. Two queries."""
    fields = ProfileField.objects.filter(person=owner).order_by("position")
    return {
        "name": owner.shown_name,
        "address": owner.full_handle,
        "url": f"{settings.SITE_URL}{owner.path}",
        "joined_at": owner.joined_at.isoformat(),
        "email": owner.email,
        "bio": owner.bio,
        "fields": [{"name": field.name, "value": field.value} for field in fields],
        "settings": {name: getattr(owner, name) for name in _SETTINGS},
    }


def _copy(archive: ZipStream, name: str, stored: str) -> bool:
    """A file of the public storage, some of it at a time. False for one that is gone."""
    try:
        file = default_storage.open(stored)
    except FileNotFoundError:
        logger.warning("%s is not there, so it is not in the archive.", stored)
        return False
    with file, archive.member(name, is_packed=False) as write:
        for chunk in file.chunks():
            write(chunk)
    return True


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _day(moment: str) -> str:
    found = parse_datetime(moment)
    return found.strftime(_DAY) if found else moment
