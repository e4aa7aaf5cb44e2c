"""The list of keyboard shortcuts: a page, and the inside of the dialog behind “?”."""

import re

import pytest

from tests.web.gestures import FRAGMENT
from web.bundles import SOURCE
from web.views.keyboard import GROUPS

pytestmark = pytest.mark.django_db
SCRIPT = (SOURCE / "web" / "js" / "keys.js").read_text()


def test_it_lists_every_key_that_the_script_knows(client):
    page = client.get("/keyboard/").content.decode()
    keys = re.search(r"const KEYS = \{(.*?)\n  \};", SCRIPT, re.DOTALL).group(1)
    known = {one.strip('"') for one in re.findall(r'^    ("."|\w):?[ ,]', keys, re.MULTILINE)} | {
        "Enter",
        "Esc",
    }
    places = set(re.findall(r"(\w): \"", re.search(r"const PLACES = \{(.*)\}", SCRIPT).group(1)))
    told = [way.keys for group in GROUPS for way in group.ways]
    assert {key for keys in told for key in keys if keys[0] != "g"} == known
    assert {keys[1] for keys in told if keys[0] == "g"} == places
    for group in GROUPS:
        for way in group.ways:
            assert way.does in page


def test_it_says_whether_they_are_on(client):
    assert "Switch them off" in client.get("/keyboard/").content.decode()
    client.cookies["keys"] = "off"
    assert "switched off just now" in client.get("/keyboard/").content.decode()


def test_the_dialog_gets_only_its_inside(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get("/keyboard/", headers=FRAGMENT)
    assert "<html" not in answer.content.decode()
    assert 'id="keys-title"' in answer.content.decode()
    assert "HX-Request" in answer["Vary"]


def test_the_menu_of_the_frame_leads_to_it(as_alice):
    assert 'href="/keyboard/"' in as_alice.get("/about/").content.decode()
