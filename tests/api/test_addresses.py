"""Finding the line of an address: the same as Django finds by trying one after the other."""

import re

import pytest
from django.urls import Resolver404, resolve

from api.addresses import Addresses
from api.routes import ROUTES

ADDRESSES = Addresses(ROUTES)
GAP = re.compile(r"<(\w+):\w+>")
VALUES = {"id": ["7", "115439784452751360"], "str": ["tea", "7", "a.b-c", "policy", "ünï"]}


def examples(route: str) -> list[str]:
    """The address with each value in its gaps."""
    gap = GAP.search(route)
    values = VALUES[gap[1]] if gap else [""]
    return [GAP.sub(value, route) for value in values]


@pytest.mark.parametrize("line", ROUTES, ids=lambda line: str(line.pattern))
def test_every_line_is_found_as_django_finds_it(line):
    for path in examples(str(line.pattern)):
        ours, djangos = ADDRESSES.find(f"/{path}"), resolve(f"/{path}", "api.urls")
        assert (ours.func, ours.kwargs, ours.view_name) == (djangos.func, djangos.kwargs, djangos.view_name)


NOTHING = """
/ /api /api/v1 /api/v1/nothing /api/v1/statuses/abc /api/v1/statuses/9999999999999999999999999999999
/api/v1/statuses/< /api/v1/statuses/</favourite /api/v1/statuses/7/nothing /api//v1/apps /API/v1/apps
/api/v1/timelines/tag/a/b
""".split()


@pytest.mark.parametrize("path", ["", *NOTHING, "/" + "x/" * 5000])
def test_what_is_no_address_is_not_found(path):
    with pytest.raises(Resolver404):
        ADDRESSES.find(path)


def test_slashes_at_the_end_change_nothing():
    assert ADDRESSES.find("/api/v2/instance/").view_name == "api/v2/instance"
    assert ADDRESSES.find("/api/v1/statuses/7///").kwargs == {"status_id": 7}


def test_of_two_lines_the_first_counts():
    assert ADDRESSES.find("/api/v2/notifications/policy").view_name == "api/v2/notifications/policy"
    assert ADDRESSES.find("/api/v2/notifications/like-7").kwargs == {"group_key": "like-7"}
