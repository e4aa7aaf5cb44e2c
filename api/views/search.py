"""Finding people, tags and tweets."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from orjson import Fragment
from rest_framework import serializers
from rest_framework.exceptions import NotAuthenticated

from accounts.models import User
from accounts.queries import person_by_id
from api.answers import answer
from api.authentication import ApiRequest
from api.described import Page, takes
from api.inputs.fields import Flag, Id, Input, Text
from api.paging import limit_of, window_of
from api.shapes import statuses
from api.shapes.accounts import accounts_in_order
from api.shapes.tags import tags
from common.paging import Window, whole_id
from relationships.queries import followed_by, person_asked_for
from search.queries import Asked, latest, people_found, tags_found
from search.query_language import Question, read_question

_PAGE, _PAGE_MOST = 20, 40
_OFFSET_MOST = 400
_KINDS = ("accounts", "hashtags", "statuses")


class _SearchInput(Input):
    """`resolve` looks nowhere else: people and tweets of other servers are not here yet."""

    q = Text()
    type = serializers.ChoiceField(["", *_KINDS], default="", allow_null=True)
    resolve = Flag(default=False)
    following = Flag(default=False)
    account_id = Id(default=None, allow_null=True)
    offset = serializers.IntegerField(default=0, min_value=0)


@takes(_SearchInput, Page)
def everything(request: ApiRequest) -> HttpResponse:
    """People, tags and tweets; of each kind alone `offset` leads on."""
    return answer(_found(request))


@takes(_SearchInput, Page)
def everything_of_old(request: ApiRequest) -> HttpResponse:
    """The older form: tags are their names."""
    found = _found(request)
    return answer({**found, "hashtags": [tag["name"] for tag in found["hashtags"]]})


def _found(request: ApiRequest) -> dict[str, Any]:
    sent = _SearchInput.read(request)
    limit = limit_of(request, _PAGE, _PAGE_MOST)
    offset = min(sent["offset"], _OFFSET_MOST)
    if (sent["resolve"] or offset) and request.user.pk is None:
        raise NotAuthenticated("Log in to look elsewhere, or further down")
    wanted = {sent["type"]} if sent["type"] else set(_KINDS)
    asked = sent["q"].strip()
    place = slice(offset, offset + limit)
    question = read_question(asked)
    people, names, tweets = [], [], []
    if "accounts" in wanted:
        people = _people(request, sent, asked, question)[place]
    if "hashtags" in wanted:
        names = tags_found(question, place.stop)[place]
    if "statuses" in wanted:
        tweets = _tweets(request, sent, asked, question, place)
    return {
        "accounts": [Fragment(drawn) for drawn in accounts_in_order(people)],
        "statuses": [Fragment(drawn) for drawn in statuses.in_order(tweets, request.user)],
        "hashtags": tags(names, request.user) if names else [],
        "collections": [],
    }


def _people(request: ApiRequest, sent: dict[str, Any], asked: str, question: Question) -> list[int]:
    """Whoever is called just so comes first, also by the address of their page."""
    viewer = request.user
    exact = person_asked_for(asked, viewer)
    found = [*([exact] if exact else []), *people_found(question, viewer)]
    ids = list(dict.fromkeys(person.pk for person in found))
    if sent["following"] and isinstance(viewer, User):
        followed = set(followed_by(viewer).filter(followed_id__in=ids).values_list("followed_id", flat=True))
        ids = [an_id for an_id in ids if an_id in followed]
    return ids


def _tweets(
    request: ApiRequest, sent: dict[str, Any], asked: str, question: Question, place: slice
) -> list[int]:
    """Newest first. The address of a tweet finds that tweet."""
    if an_id := whole_id(_path_of(asked).rpartition("/")[2]):
        return [an_id]
    if sent["account_id"] is not None:
        author = person_by_id(sent["account_id"], request.user)
        question = read_question(f"{question.text} from:{author.username}")
    if question.is_empty:
        return []
    window = window_of(request, _PAGE, _PAGE_MOST)
    further = Window(place.stop, window.max_id, window.min_id, window.since_id)
    return latest(Asked(question), request.user, further).ids[place]


def _path_of(asked: str) -> str:
    """`/@alice/5` of an address of this site; nothing of any other."""
    parts = urlsplit(asked) if asked.startswith(f"{settings.SITE_URL}/@") else None
    return parts.path.rstrip("/") if parts else ""
