"""What this server is, and its limits."""

from django.http import HttpResponse

from api.answers import answer
from api.authentication import ApiRequest
from api.shapes import instance

_PUBLIC = {"Cache-Control": "public, max-age=60"}


def v1(request: ApiRequest) -> HttpResponse:
    """The older document."""
    return answer(instance.v1(), headers=_PUBLIC)


def v2(request: ApiRequest) -> HttpResponse:
    """The document."""
    return answer(instance.v2(), headers=_PUBLIC)


def peers(request: ApiRequest) -> HttpResponse:
    """Other servers: none yet."""
    return answer([], headers=_PUBLIC)


def domain_blocks(request: ApiRequest) -> HttpResponse:
    """Other servers that are kept out: none, the server speaks to no other yet."""
    return answer([], headers=_PUBLIC)


def translation_languages(request: ApiRequest) -> HttpResponse:
    """From which languages to which tweets are translated: from none."""
    return answer({}, headers=_PUBLIC)


def rules(request: ApiRequest) -> HttpResponse:
    """Rules of the server, in their order."""
    return answer(instance.rules(), headers=_PUBLIC)


def custom_emojis(request: ApiRequest) -> HttpResponse:
    """Pictures of one's own among the letters: there are none here."""
    return answer([], headers=_PUBLIC)


def extended_description(request: ApiRequest) -> HttpResponse:
    """More about this server."""
    return answer(instance.extended_description(), headers=_PUBLIC)


def privacy_policy(request: ApiRequest) -> HttpResponse:
    """What becomes of people's data."""
    return answer(instance.privacy_policy(), headers=_PUBLIC)


def terms_of_service(request: ApiRequest, day: str = "") -> HttpResponse:
    """The terms that hold now, or held on that day."""
    return answer(instance.terms_of_service(day), headers=_PUBLIC)
