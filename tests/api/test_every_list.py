"""Every list pages alike: on by `max_id`, back by `min_id`, and `since_id` is the newest stretch; the header
leads to both neighbours.
"""

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from api.described import Page, taken_by
from api.operations import endpoint_of
from api.routes import ROUTES
from tests.api.filling.pages import PAGES

pytestmark = pytest.mark.django_db
_ROWS, _PAGE = 5, 2
_LINK = re.compile(r'<([^>]+)>; rel="(\w+)"')
# What takes the same words and is no list of its own.
OTHERWISE = {
    "api/v2/search": "of each kind alone `offset` leads on",
    "api/v1/search": "the same",
}


def test_every_list_is_here():
    pages = {
        endpoint_of(line).address
        for line in ROUTES
        for operation in endpoint_of(line).operations.values()
        if Page in taken_by(operation.view)
    }
    assert pages == {*PAGES, *OTHERWISE}


@pytest.mark.parametrize("operation", PAGES)
def test_its_pages(alices, alice, bob, operation):
    path = PAGES[operation](alice, bob, _ROWS)
    address = path if path.startswith("/") else f"/api/v1/{path}"
    address += "&" if "?" in address else "?"

    def page(query):
        """What stands there, as text to compare, and the links beside it by their names."""
        answer = alices.get(query if query.startswith("/") else f"{address}{query}")
        assert answer.status_code == 200, answer.content
        found = answer.json()
        rows = found["notification_groups"] if isinstance(found, dict) else found
        links = {rel: url for url, rel in _LINK.findall(answer.headers.get("Link", ""))}
        assert all(url.startswith("http://localhost:8000/api/") for url in links.values())
        return [_name(row) for row in rows], {
            rel: url.removeprefix("http://localhost:8000") for rel, url in links.items()
        }

    everything, _ = page("limit=40")
    assert len(everything) == len(set(everything)) == _ROWS

    first, beside_first = page(f"limit={_PAGE}")
    second, beside_second = page(beside_first["next"])
    last, beside_last = page(beside_second["next"])
    assert [first, second, last] == [everything[:2], everything[2:4], everything[4:]]
    assert "next" not in beside_last
    assert page(beside_last["prev"])[0] == second
    assert page(beside_second["prev"])[0] == first
    assert page(beside_first["prev"]) == ([], {})

    lowest = parse_qs(urlsplit(beside_last["prev"]).query)["min_id"][0]
    assert page(f"limit={_PAGE}&since_id={lowest}")[0] == first
    assert page(f"limit={_PAGE}&min_id={lowest}")[0] == second
    assert page(f"limit=40&since_id={lowest}")[0] == everything[:-1]
    upper = parse_qs(urlsplit(beside_first["next"]).query)["max_id"][0]
    assert page(f"limit=40&max_id={upper}&since_id={lowest}")[0] == everything[2:4]
    assert len(page("limit=0")[0]) == (_ROWS if operation.endswith("<list_id>/accounts") else 1)


def _name(row):
    return row if isinstance(row, str) else row.get("id") or row.get("group_key") or row["name"]
