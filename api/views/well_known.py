"""What other servers and clients look for before anything else: who is who, and what software this is."""

from urllib.parse import quote, urlsplit

from django.conf import settings
from django.core.cache import cache
from django.http import HttpResponse, HttpResponsePermanentRedirect

from accounts.models import User
from accounts.queries import by_handle
from api.answers import answer, refusal
from api.authentication import ApiRequest
from api.described import takes
from api.inputs.fields import Input, Text
from api.shapes.instance import usage
from api.shapes.values import absolute
from api.views.accounts import local_name
from common.errors import NotFound
from common.naming import site_name
from joining.queries import policy

_PUBLIC = {"Cache-Control": "public, max-age=300"}
_JRD, _XRD = "application/jrd+json; charset=utf-8", "application/xrd+xml; charset=utf-8"
_PROFILE = "http://webfinger.net/rel/profile-page"
_SCHEMA = "http://nodeinfo.diaspora.software/ns/schema/"


class _ResourceInput(Input):
    resource = Text(default="", help_text="acct:name@server, or the address of a profile.")


@takes(_ResourceInput)
def webfinger(request: ApiRequest) -> HttpResponse:
    """Who a local person is, by `acct:alice@this.server` or by the address of their page (RFC 7033)."""
    asked = request.query_params.get("resource", "")
    if not asked:
        return refusal(400, "Say which resource: acct:name@server")
    person = by_handle(_name_in(asked))
    if person is None or not person.is_active or not person.is_local:
        raise NotFound
    page = absolute(person.path)
    links = [{"rel": _PROFILE, "type": "text/html", "href": page}]
    if person.avatar:
        avatar = {"rel": "http://webfinger.net/rel/avatar", "href": absolute(person.avatar_url)}
        links.append(avatar)
    found = {"subject": f"acct:{person.username}@{settings.SITE_HOST}", "aliases": [page], "links": links}
    response = answer(found, headers=_PUBLIC)
    response.headers["Content-Type"] = _JRD
    return response


def host_meta(request: ApiRequest) -> HttpResponse:
    """Where `webfinger` is (RFC 6415)."""
    template = f"{settings.SITE_URL}/.well-known/webfinger?resource={{uri}}"
    return HttpResponse(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<XRD xmlns="http://docs.oasis-open.org/ns/xri/xrd-1.0">\n'
        f'  <Link rel="lrdd" template="{template}"/>\n'
        "</XRD>\n",
        content_type=_XRD,
        headers=_PUBLIC,
    )


def oembed(request: ApiRequest) -> HttpResponse:
    """A tweet for other sites: leads to the page that answers this."""
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{settings.SITE_URL}/oembed?{query}")


def health(request: ApiRequest) -> HttpResponse:
    """Whether the process, the database and the cache answer."""
    cache.get("health")
    User.objects.exists()
    return answer({"status": "UP"})


def nodeinfo_versions(request: ApiRequest) -> HttpResponse:
    """Where to read what software this is."""
    links = [
        {"rel": f"{_SCHEMA}{version}", "href": f"{settings.SITE_URL}/nodeinfo/{quote(version)}"}
        for version in ("2.0", "2.1")
    ]
    return answer({"links": links}, headers=_PUBLIC)


def nodeinfo(request: ApiRequest) -> HttpResponse:
    """What software this is, and how many people use it."""
    return answer(_document("2.0"), headers=_PUBLIC)


def nodeinfo_later(request: ApiRequest) -> HttpResponse:
    """The same in the later form."""
    return answer(_document("2.1"), headers=_PUBLIC)


def _document(version: str) -> dict[str, object]:
    counted = usage()
    return {
        "version": version,
        "software": {"name": "twitter-clone", "version": settings.VERSION},
        "protocols": [],
        "services": {"inbound": [], "outbound": []},
        "usage": {
            "users": {"total": counted["people"], "activeMonth": counted["active_month"]},
            "localPosts": counted["tweets"],
        },
        "openRegistrations": policy().mode == "open",
        "metadata": {"nodeName": site_name()},
    }


def _name_in(asked: str) -> str:
    """The name of a local person, or nothing that anybody here is called."""
    if asked.startswith(f"{settings.SITE_URL}/@"):
        return urlsplit(asked).path.removeprefix("/@").rstrip("/")
    name = asked.removeprefix("acct:")
    return local_name(name) if name.lower().endswith(f"@{settings.SITE_HOST}") else ""
