"""How apps use this server, for people: get started, and every operation of the API by area."""

import re

import pytest
from django.test import Client

from api.manual import manual
from api.routes import AREAS
from tests.api.operations import served

pytestmark = pytest.mark.django_db
START = "/developers/"
CHAPTERS = [f"{START}{area.slug}/" for area in AREAS]


def read(address, browser=None):
    answer = (browser or Client()).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_first_page_leads_to_every_operation_in_its_chapter():
    ways = re.findall(r'href="(/developers/[\w-]+/)#([\w.-]+)"', read(START))
    assert len(ways) == len(set(ways)) == len(served())
    for address in CHAPTERS:
        anchors = set(re.findall(r'<section [^>]*id="([\w.-]+)"', read(address)))
        assert {anchor for chapter, anchor in ways if chapter == address} == anchors


def test_the_first_steps_name_this_server(settings):
    page = read(START)
    for step in (
        "/api/v1/apps",
        "/oauth/authorize?",
        "/oauth/token",
        "/api/v1/streaming/user",
        "/api/schema",
    ):
        assert step in page
    assert f"{settings.SITE_URL}/api/v1/statuses" in page
    assert "social.example" not in page


def test_each_operation_says_what_it_takes_needs_and_gives(settings):
    found = {f"{one.method} {one.path}": one for chapter in manual() for one in chapter.operations}
    post = found["POST /api/v1/statuses"]
    assert {"status", "media_ids[]", "poll[options][]", "scheduled_at"} <= {
        part.name for part in post.parameters
    }
    assert (post.scopes, post.gives) == (("write:statuses",), "Status")
    assert post.curl.splitlines()[-1].strip() == f'"{settings.SITE_URL}/api/v1/statuses"'
    assert '-d \'{"status": "Good morning"}\'' in post.curl
    assert "json={'status': 'Good morning'}" in post.python
    (lookup,) = found["GET /api/v1/accounts/lookup"].parameters
    assert (lookup.name, lookup.kind) == ("acct", "text")
    sent = {part.name: part.kind for part in found["PATCH /api/v2/notifications/policy"].parameters}
    assert sent["for_new_accounts"] == "one of accept, filter, drop"
    assert "-F file=@picture.png" in found["POST /api/v2/media"].curl
    assert found["DELETE /api/v1/lists/{list_id}"].curl.startswith("curl -X DELETE -H ")
    assert found["GET /api/v1/instance/rules"].curl == f'curl "{settings.SITE_URL}/api/v1/instance/rules"'
    assert found["GET /api/v1/lists"].gives_several


def test_every_example_in_python_is_python():
    for chapter in manual():
        for one in chapter.operations:
            compile(one.python, one.anchor, "eval")


@pytest.mark.parametrize("address", [START, *CHAPTERS])
def test_a_page_asks_the_database_for_nothing_of_its_own(as_alice, address, django_assert_max_num_queries):
    read(address, as_alice)
    with django_assert_max_num_queries(4):  # who asks, and their badges
        page = read(address, as_alice)
    assert 'aria-current="page"' in page


def test_visitors_who_have_it_already_are_told_so():
    page = Client().get(START)
    again = Client().get(START, headers={"If-None-Match": page.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_there_is_no_other_part():
    assert Client().get(f"{START}nothing/").status_code == 404


@pytest.mark.parametrize("address", ["/about/", "/"])
def test_it_is_linked(address):
    assert f'href="{START}"' in read(address)


def test_it_is_linked_where_apps_stand(as_alice):
    assert f'href="{START}"' in read("/settings/apps/", as_alice)
