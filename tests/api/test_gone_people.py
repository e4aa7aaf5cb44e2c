"""Who is suspended or leaves vanishes from every answer at once, before any job has run: as a person, and
with all they said. The house is that of tests/api/household, in which bob has a part in everything.
"""

from collections.abc import Iterator

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.actions import leave, suspend_user
from accounts.models import User
from tests.api import household
from tests.api.calls import ELSEWHERE, ask
from tests.api.household import Household
from tests.api.operations import served
from tests.factories import make_user

pytestmark = pytest.mark.django_db

READING = [
    name
    for name in served()
    if name.startswith("GET ")
    and name not in ELSEWHERE
    and name != "GET /api/schema"
    and "/streaming/" not in name
]
WORDS = ("With #tea", "Marmalade", "Lemon", "Read this", "psst", "The end", "Quote me", "Bob&#39;s", "Bob's")
# Where somebody else wrote the handle: it stays in their words.
THEIR_OWN_WORDS = {"mentions"}
# Its answer repeats the number that was asked for, of anybody.
ABOUT_WHOM_ONE_ASKED = {"GET /api/v1/accounts/familiar_followers"}
# What else leads to bob, or to what he said.
MORE = [
    *(f"/api/v1/accounts/{{friend}}/{part}" for part in ("followers", "following")),
    "/api/v1/accounts/familiar_followers?id[]={friend}",
    "/api/v1/accounts/{stranger}/followers",
    "/api/v1/accounts/search?q=@bob&resolve=1",
    *(f"/api/v1/accounts/{{account}}/statuses?{asked}" for asked in ("only_media=1", "tagged=tea")),
    *(f"/api/v1/statuses/{{{name}}}" for name in ("answer", "quote", "others", "poll", "warned", "page")),
    "/api/v1/statuses/{others}/history",
    "/api/v1/statuses/{quoting}",
    "/api/v1/timelines/tag/tea?any[]=toast",
    "/api/v1/timelines/public?local=1&only_media=1",
    "/api/v2/search?q=from:bob",
    "/api/v2/search?q=bob&type=accounts",
    "/api/v2/notifications?account_id={account}",
    "/api/v1/notifications?types[]=favourite",
    "/.well-known/webfinger?resource=acct:bob@localhost:8000",
]


@pytest.fixture
def house(settings) -> Household:
    settings.RATE_LIMITS = False
    return household.build()


def answers(house: Household) -> Iterator[tuple[str, HttpResponse]]:
    """Everything alice can ask for, and all of that which a visitor can."""
    for name in READING:
        yield name, ask(house, name)
    for path in MORE:
        for reader, ask_for in (("alice", house.alices.get), ("a visitor", Client().get)):
            yield f"{reader} {path}", ask_for(path.format(**house.ids))


def met(house: Household) -> dict[str, set[str]]:
    """Where bob is met, by name or by number, and which of his words."""
    number, places = house.ids["account"], {}
    for name, answer in answers(house):
        assert answer.status_code < 500, name
        text = answer.content.decode()
        found = {word for word in WORDS if word in text}
        if answer.headers["Content-Type"].startswith("application/json") and answer.status_code == 200:
            found |= people_in(answer.json()) & {"bob", number}
        if name.endswith("acct:bob@localhost:8000") and answer.status_code == 200:
            found.add("bob")
        if found and name not in ABOUT_WHOM_ONE_ASKED:
            places[name] = found
    return places


def people_in(value: object) -> set[str]:
    """Names of accounts, and whatever may be the number of one."""
    if isinstance(value, str):
        return {value}
    if isinstance(value, list):
        return set().union(*map(people_in, value))
    if not isinstance(value, dict):
        return set()
    return set().union(*(people_in(part) for key, part in value.items() if key not in THEIR_OWN_WORDS))


@pytest.mark.parametrize("way", ["suspended", "leaving"])
def test_nobody_meets_them_anywhere(house, way):
    before = met(house)
    assert len(before) > 60, "the walk should meet bob nearly everywhere"
    assert [path for path in MORE if f"alice {path}" not in before] == []
    bob = User.objects.get(username="bob")
    if way == "suspended":
        suspend_user(make_user("sternly", is_staff=True, is_superuser=True), bob)
    else:
        leave(bob)
    assert met(house) == {}
