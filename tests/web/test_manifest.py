"""What a phone is told about the site when somebody keeps it among their apps."""

import re
from pathlib import Path

import pytest
from PIL import Image


@pytest.mark.django_db
def test_every_page_leads_to_it(client):
    assert '<link rel="manifest" href="/manifest.webmanifest">' in client.get("/").content.decode()


def test_it_names_the_site_and_where_it_begins(client, settings):
    settings.SITE_NAME = "The Long Name of a Village"
    answer = client.get("/manifest.webmanifest")
    assert answer.headers["Content-Type"] == "application/manifest+json"
    said = answer.json()
    assert (said["name"], said["short_name"]) == ("The Long Name of a Village", "The Long Nam")
    assert (said["start_url"], said["scope"], said["display"]) == ("/", "/", "standalone")


def test_its_icons_are_there_and_as_large_as_it_says(client):
    for icon in client.get("/manifest.webmanifest").json()["icons"]:
        file = Path(__file__).parents[2] / "web" / icon["src"].lstrip("/")
        assert file.exists(), icon
        if size := re.fullmatch(r"(\d+)x\1", icon["sizes"]):
            with Image.open(file) as picture:
                assert picture.size == (int(size[1]), int(size[1]))


@pytest.mark.django_db
def test_what_other_apps_share_arrives_in_the_composer(as_alice):
    target = as_alice.get("/manifest.webmanifest").json()["share_target"]
    assert target["method"] == "GET"
    names = target["params"]
    page = as_alice.get(
        target["action"], {names["title"]: "A", names["text"]: "B", names["url"]: "https://c.example/"}
    )
    assert page.context["composer"].parts[0].text == "A\nB\nhttps://c.example/"
