"""Every list of the API asks the database as often for 30 rows as for 3, and no more than is said here."""

from typing import Any, NamedTuple

import pytest

from api.described import Page, taken_by
from api.examples import examples, schemas
from api.operations import endpoint_of
from api.routes import ROUTES
from tests.api.filling.others import OTHERS
from tests.api.filling.pages import PAGES

pytestmark = pytest.mark.django_db
_FILLS = {**PAGES, **OTHERS}


class Cost(NamedTuple):
    """Questions to the database, the token's among them; `most` rows are shown where 30 are not, and why."""

    queries: int
    most: int = 30
    why: str = ""


COSTS = {
    "api/v1/timelines/home": Cost(7),
    "api/v1/timelines/public": Cost(6),
    "api/v1/timelines/tag/<name>": Cost(6),
    "api/v1/timelines/list/<list_id>": Cost(7),
    "api/v1/timelines/link": Cost(6),
    "api/v1/timelines/direct": Cost(6),
    "api/v1/conversations": Cost(7),
    "api/v1/accounts/<account_id>/statuses": Cost(7),
    "api/v1/bookmarks": Cost(6),
    "api/v1/favourites": Cost(6),
    "api/v1/statuses/<status_id>/favourited_by": Cost(4),
    "api/v1/statuses/<status_id>/reblogged_by": Cost(4),
    "api/v1/statuses/<status_id>/quotes": Cost(7),
    "api/v1/accounts/<account_id>/followers": Cost(4),
    "api/v1/accounts/<account_id>/following": Cost(4),
    "api/v1/accounts/<account_id>/endorsements": Cost(4),
    "api/v1/endorsements": Cost(3),
    "api/v1/blocks": Cost(3),
    "api/v1/mutes": Cost(3),
    "api/v1/follow_requests": Cost(3),
    "api/v1/lists/<list_id>/accounts": Cost(4),
    "api/v1/followed_tags": Cost(6),
    "api/v1/domain_blocks": Cost(2),
    "api/v1/scheduled_statuses": Cost(3),
    "api/v1/notifications": Cost(6),
    "api/v2/notifications": Cost(7),
    "api/v2/notifications/<group_key>/accounts": Cost(4),
    "api/v1/notifications/requests": Cost(7),
    "api/v1/accounts": Cost(3),
    "api/v1/accounts/familiar_followers": Cost(3),
    "api/v1/accounts/relationships": Cost(7),
    "api/v1/accounts/search": Cost(6),
    "api/v1/search": Cost(18),
    "api/v2/search": Cost(18),
    "api/v1/accounts/<account_id>/featured_tags": Cost(4),
    "api/v1/featured_tags": Cost(3),
    "api/v1/featured_tags/suggestions": Cost(6, most=10, why="so many are offered"),
    "api/v1/accounts/<account_id>/lists": Cost(4),
    "api/v1/lists": Cost(2),
    "api/v1/announcements": Cost(4),
    "api/v1/instance/rules": Cost(1),
    "api/v1/directory": Cost(3),
    "api/v1/suggestions": Cost(7),
    "api/v2/suggestions": Cost(7),
    "api/v1/filters": Cost(2),
    "api/v2/filters": Cost(4),
    "api/v2/filters/<filter_id>/keywords": Cost(3),
    "api/v2/filters/<filter_id>/statuses": Cost(4),
    "api/v1/statuses": Cost(5, most=20, why="so many are told at once, as documented"),
    "api/v2/notifications/<group_key>": Cost(
        6, most=8, why="so many faces go with a group; its accounts are a list of their own"
    ),
    "api/v1/trends": Cost(6, most=20, why="the documented most of a page"),
    "api/v1/trends/tags": Cost(6, most=20, why="the documented most of a page"),
    "api/v1/trends/statuses": Cost(6),
    "api/v1/trends/links": Cost(3, most=20, why="the documented most of a page"),
    "api/v1/statuses/<status_id>/context": Cost(7),
    "api/v1/statuses/<status_id>/history": Cost(7),
}
# Nothing can stand in them here.
EMPTY = {
    "api/v1/accounts/<account_id>/identity_proofs": "the service that proved them ended",
    "api/v1/custom_emojis": "there are none",
    "api/v1/instance/domain_blocks": "no other server is spoken to",
    "api/v1/instance/peers": "no other server is spoken to",
}


def test_every_list_is_here():
    """A new line of api/routes whose answer has people, tweets or tags in a row wants a cost."""
    found = {
        endpoint.address
        for endpoint in map(endpoint_of, ROUTES)
        if "GET" in endpoint.operations and _is_list(endpoint)
    }
    assert found == {*COSTS, *EMPTY}
    assert set(COSTS) == set(_FILLS)


@pytest.mark.parametrize("rows", [3, 30])
@pytest.mark.parametrize("name", COSTS)
def test_as_many_queries_for_3_rows_as_for_30(
    alices, alice, bob, settings, django_assert_num_queries, name, rows
):
    settings.SCHEDULED_PER_DAY = settings.TAGS_FEATURED_MAX = settings.FILTER_KEYWORDS_MAX = 30
    path = _FILLS[name](alice, bob, rows)
    path = path if path.startswith("/") else f"/api/v1/{path}"
    alices.get("/api/v1/apps/verify_credentials")  # notes the use of the token, for an hour
    with django_assert_num_queries(COSTS[name].queries):
        answer = alices.get(f"{path}{'&' if '?' in path else '?'}limit=40")
    assert answer.status_code == 200
    assert {len(several) for several in _rows_of(answer.json())} == {min(rows, COSTS[name].most)}


def _rows_of(found: Any) -> list[list[Any]]:
    """The rows of an answer; of one with several kinds, all of these."""
    if isinstance(found, list):
        return [found]
    if "notification_groups" in found:
        groups = found["notification_groups"]
        return [groups if len(groups) > 1 else groups[0]["sample_account_ids"]]
    return [found[kind] for kind in ("accounts", "statuses", "hashtags", "descendants") if kind in found]


def _is_list(endpoint: Any) -> bool:
    example = examples().get(f"GET /{endpoint.address.replace('<', '{').replace('>', '}')}")
    if Page in taken_by(endpoint.operations["GET"].view):
        return True
    if example is None:
        return False  # streams, and what is no JSON
    return example.is_list or isinstance(example.answer, list) or _has_rows(example.entity)


def _has_rows(entity: str) -> bool:
    """Whether the thing is made of people and tweets in a row."""
    parts = schemas().get(entity, {}).get("properties", {}).values()
    rows = {f"#/components/schemas/{name}" for name in ("Account", "Status", "Tag")}
    return any(part.get("items", {}).get("$ref") in rows for part in parts)
