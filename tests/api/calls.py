"""What a person's app may well ask of each operation, in the house of `tests.api.household`."""

import re
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from django.utils import timezone

from tests.api.household import Household
from tests.api.pushing import wish
from tests.common.devices import Device
from tests.factories import picture_file

_PART = re.compile(r"\{\w+\}")
_ALL = "&".join(f"id[]={{{name}}}" for name in ("status", "others", "poll", "page", "warned", "quoting"))
# Words in braces are ids of the house.
_QUERIES = {
    "GET /api/v1/accounts": "id[]={account}",
    "GET /api/v1/accounts/familiar_followers": "id[]={account}",
    "GET /api/v1/accounts/lookup": "acct=bob",
    "GET /api/v1/accounts/relationships": "id[]={account}",
    "GET /api/v1/accounts/search": "q=bob",
    "GET /api/v1/domain_blocks/preview": "domain=example.net",
    "GET /api/v1/markers": "timeline[]=home&timeline[]=notifications",
    "GET /api/v1/search": "q=tea",
    "GET /api/v1/statuses": _ALL,
    "GET /api/v1/timelines/link": "url={link}",
    "GET /api/v2/notifications": "expand_accounts=partial_avatars",
    "GET /api/v2/search": "q=tea",
    "GET /.well-known/webfinger": "resource=acct:alice@localhost:8000",
}
_BODIES: dict[str, dict[str, Any]] = {
    "POST /api/v1/accounts/{account_id}/note": {"comment": "A friend"},
    "POST /api/v1/apps": {
        "client_name": "Walk",
        "redirect_uris": "urn:ietf:wg:oauth:2.0:oob",
        "scopes": "read write",
    },
    "POST /api/v1/domain_blocks": {"domain": "example.net"},
    "DELETE /api/v1/domain_blocks": {"domain": "example.com"},
    "POST /api/v1/featured_tags": {"name": "toast"},
    "POST /api/v1/filters": {"phrase": "jam", "context": ["home"]},
    "PUT /api/v1/filters/{keyword_id}": {"phrase": "jam", "context": ["home"]},
    "POST /api/v2/filters": {"title": "Jam", "context": ["home"]},
    "PUT /api/v2/filters/{filter_id}": {"title": "Jam"},
    "POST /api/v2/filters/{filter_id}/keywords": {"keyword": "jam"},
    "PUT /api/v2/filters/keywords/{keyword_id}": {"keyword": "jam"},
    "POST /api/v2/filters/{filter_id}/statuses": {"status_id": "{others}"},
    "POST /api/v1/lists": {"title": "Tea"},
    "PUT /api/v1/lists/{list_id}": {"title": "Toast"},
    "POST /api/v1/lists/{list_id}/accounts": {"account_ids": ["{friend}"]},
    "DELETE /api/v1/lists/{list_id}/accounts": {"account_ids": ["{account}"]},
    "POST /api/v1/markers": {"home": {"last_read_id": "{status}"}},
    "PUT /api/v1/media/{media_id}": {"description": "a teapot"},
    "POST /api/v1/notifications/requests/accept": {"id": ["{stranger}"]},
    "POST /api/v1/notifications/requests/dismiss": {"id": ["{stranger}"]},
    "PUT /api/v1/notifications/policy": {"filter_new_accounts": True},
    "PATCH /api/v2/notifications/policy": {"for_new_accounts": "filter"},
    "PUT /api/v2/notifications/policy": {"for_new_accounts": "filter"},
    "POST /api/v1/polls/{poll_id}/votes": {"choices": ["0"]},
    "PATCH /api/v1/profile": {"display_name": "Alice A."},
    "PUT /api/v1/profile": {"display_name": "Alice A."},
    "POST /api/v1/push/subscription": wish(Device(), alerts=["mention", "follow"]),
    "PUT /api/v1/push/subscription": {"data": {"alerts": {"mention": True}}},
    "POST /api/v1/reports": {"account_id": "{account}", "status_ids": ["{others}"], "comment": "Look."},
    "PUT /api/v1/scheduled_statuses/{scheduled_id}": {"scheduled_at": "{tomorrow}"},
    "POST /api/v1/statuses": {"status": "Good morning"},
    "PUT /api/v1/statuses/{status_id}": {"status": "Good evening"},
    "PUT /api/v1/statuses/{status_id}/interaction_policy": {"quote_approval_policy": "nobody"},
    "PATCH /api/v1/accounts/update_credentials": {"display_name": "Alice A."},
}
_FILES = {"POST /api/v1/media", "POST /api/v2/media"}
# What such an app does not ask with its own token, and where it is tried.
ELSEWHERE = {
    "POST /api/v1/accounts": "tests/api/test_registration.py",
    "POST /api/v1/emails/confirmations": "tests/api/test_emails.py",
    "GET /api/oembed": "leads to a page: tests/api/test_well_known.py",
    "POST /oauth/token": "tests/api/test_oauth.py",
    "POST /oauth/revoke": "tests/api/test_oauth.py",
    "POST /api/v1/statuses/{status_id}/translate": "nobody translates here: 404",
}
EMPTY = {
    "GET /api/v1/accounts/{account_id}/identity_proofs": "the service behind them ended",
    "GET /api/v1/instance/domain_blocks": "nobody is kept out",
    "GET /api/v1/custom_emojis": "there are none here",
    "GET /api/v1/instance/peers": "the server speaks to no other",
}
KNOWN = {*_QUERIES, *_BODIES, *_FILES, *ELSEWHERE, *EMPTY}

# Where an address begins -> what its id is the id of; the first that fits counts.
_KINDS = {
    "/api/v1/accounts/": "account",
    "/api/v1/announcements/": "announcement",
    "/api/v1/conversations/": "conversation",
    "/api/v1/featured_tags/": "featured",
    "/api/v1/filters/": "keyword",
    "/api/v2/filters/keywords/": "keyword",
    "/api/v2/filters/statuses/": "filtered",
    "/api/v2/filters/": "filter",
    "/api/v1/follow_requests/": "asking",
    "/api/v1/lists/": "list",
    "/api/v1/media/": "media",
    "/api/v1/notifications/requests/": "stranger",
    "/api/v1/notifications/": "notification",
    "/api/v1/polls/": "poll",
    "/api/v1/scheduled_statuses/": "scheduled",
    "/api/v1/statuses/": "status",
    "/api/v1/suggestions/": "stranger",
    "/api/v1/timelines/list/": "list",
}
_TAG = ("/api/v1/tags/", "/api/v1/timelines/tag/")


def alike(operation: str) -> str:
    """The same for both spellings of one address: its parts have other names in the public description."""
    return _PART.sub("{}", operation)


def parts_of(path: str, house: Household) -> dict[str, str]:
    """Something that is there for each name in the address."""
    return {name[1:-1]: _part(path, name[1:-1], house) for name in _PART.findall(path)}


def query_of(operation: str, house: Household) -> str:
    """The query, without its question mark."""
    return _ALIKE_QUERIES.get(alike(operation), "").format(**_values(house))


def body_of(operation: str, house: Household) -> Any:
    """What is sent as JSON, or None."""
    return _filled(_ALIKE_BODIES.get(alike(operation)), _values(house))


def sends_a_picture(operation: str) -> bool:
    """Whether it takes a file instead of JSON."""
    return operation in _FILES


def ask(house: Household, operation: str) -> Any:
    """Django's answer to the operation, "GET /api/v1/statuses/{id}", asked sensibly by alice's app."""
    method, _, path = operation.partition(" ")
    address = path.format(**parts_of(path, house))
    query = query_of(operation, house)
    address += f"?{query}" if query else ""
    if sends_a_picture(operation):
        return house.alices(method, address, files={"file": picture_file()})
    return house.alices(method, address, body_of(operation, house))


def _part(path: str, name: str, house: Household) -> str:
    if name == "quoting_status_id":
        return house.ids["quote"]
    if name == "group_key":
        return f"like-{house.ids['status']}"
    if name in ("date", "day"):
        return f"{timezone.now():%Y-%m-%d}"
    if path.startswith(_TAG):
        return "tea"
    if name == "name":  # of a reaction
        return quote("🎉")
    return next(house.ids[kind] for start, kind in _KINDS.items() if path.startswith(start))


def _values(house: Household) -> dict[str, str]:
    return {**house.ids, "tomorrow": (timezone.now() + timedelta(days=1)).isoformat()}


def _filled(body: Any, known: dict[str, str]) -> Any:
    if isinstance(body, dict):
        return {name: _filled(value, known) for name, value in body.items()}
    if isinstance(body, list):
        return [_filled(value, known) for value in body]
    return body.format(**known) if isinstance(body, str) and body.startswith("{") else body


_ALIKE_QUERIES = {alike(operation): query for operation, query in _QUERIES.items()}
_ALIKE_BODIES = {alike(operation): body for operation, body in _BODIES.items()}
