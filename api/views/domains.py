"""Servers that one blocks for oneself."""

from django.http import HttpResponse

from api.answers import answer
from api.authentication import ApiRequest
from api.described import Page, takes
from api.inputs.fields import Input, Text
from api.paging import links, window_of
from relationships.actions import block_domain, unblock_domain
from relationships.queries import domains_blocked_by, follows_at

_PAGE, _PAGE_MOST = 100, 200


class _DomainInput(Input):
    domain = Text()


@takes(Page)
def index(request: ApiRequest) -> HttpResponse:
    """Their names, the latest first."""
    window = window_of(request, _PAGE, _PAGE_MOST)
    found = window.rows(domains_blocked_by(request.user), "id", "domain")
    headers = links(request, [row_id for row_id, _ in found], window)
    return answer([domain for _, domain in found], headers=headers)


@takes(_DomainInput)
def preview(request: ApiRequest) -> HttpResponse:
    """Whom one would lose by blocking it: how many people there one follows, and how many follow one."""
    following, followers = follows_at(request.user, _DomainInput.read(request)["domain"])
    return answer({"following_count": following, "followers_count": followers})


@takes(_DomainInput)
def block(request: ApiRequest) -> HttpResponse:
    """Block one more."""
    block_domain(request.user, _DomainInput.read(request)["domain"])
    return answer({})


@takes(_DomainInput)
def unblock(request: ApiRequest) -> HttpResponse:
    """Block it no more."""
    unblock_domain(request.user, _DomainInput.read(request)["domain"])
    return answer({})
