"""Each operation asks for the scopes that Mastodon's documentation names, so that no app is refused."""

from tests.api.calls import alike
from tests.api.public import operations
from tests.visibility.api_documented import DOCUMENTED
from tests.visibility.api_needs import ANYONE, NEEDS, OPEN_TO_ALL, PERSON

# Operation -> why it does not ask for just that.
OTHERWISE = {
    "GET /api/v2/notifications/{group_key}/accounts": "documented for writing, but it reads",
    "GET /api/v1/accounts/{account_id}/collections": "nothing to read, so nothing to ask for",
    "GET /api/v1/accounts/{account_id}/in_collections": "nothing to read, so nothing to ask for",
    "GET /api/v1/statuses/{status_id}/favourited_by": "read:accounts is enough, too: it shows people",
    "GET /api/v1/statuses/{status_id}/reblogged_by": "read:accounts is enough, too: it shows people",
    "DELETE /api/v1/suggestions/{account_id}": "write is enough, too: it changes something",
    "GET /api/v1/streaming/user": "tells of notifications only where the token may read them",
    "GET /api/v1/streaming/user/notification": "tells of notifications alone",
    "POST /api/v1/accounts": "an app by itself joins somebody",
    "POST /api/v1/emails/confirmations": "changes the address; whoever joined by an app has write:accounts",
    "GET /api/v1/instance/domain_blocks": "nobody is kept out, which is no secret",
    "GET /api/v1/apps/verify_credentials": "an app's own token will do",
}


def documented():
    return {
        alike(line.strip()): frozenset(scopes.split())
        for scopes, lines in DOCUMENTED.items()
        for line in lines.strip().splitlines()
    }


def test_each_asks_for_what_is_documented():
    facts = documented()
    otherwise = {name for name, needs in NEEDS.items() if not _fits(needs, facts.get(alike(name)))}
    assert otherwise == set(OTHERWISE)


def test_what_is_documented_is_enough():
    """Also where something else is enough, too."""
    facts = documented()
    for name, reason in OTHERWISE.items():
        if reason.partition(",")[0].endswith("is enough"):
            assert facts[alike(name)] <= set(NEEDS[name].scopes), name


def test_the_facts_are_those_of_the_public_description():
    facts = documented()
    for method, path, operation in operations():
        name = alike(f"{method} {path}")
        ways = operation.get("security")
        scopes = {scope for way in ways or () for several in way.values() for scope in several}
        assert facts.pop(name) == (scopes or {"public" if ways is None else "any"}), name
    assert facts == {}


def _fits(needs, said):
    """`follow` holds what stands beside it. What the documentation does not have asks as its like does."""
    if said is None:
        return True
    if said == {"public"}:
        return needs.who in (ANYONE, OPEN_TO_ALL)
    is_open = needs.who == ANYONE  # for visitors, too: the scopes count for a token that is shown
    return (needs.who == PERSON or is_open) and set(needs.scopes) == said - {"follow", "any"}
