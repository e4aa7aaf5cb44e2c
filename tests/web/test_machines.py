"""What browsers and search engines ask for by custom."""

import pytest


def test_the_icon_is_elsewhere_for_good(client):
    response = client.get("/favicon.ico")
    assert response.status_code == 301
    assert response.headers["Location"] == "/static/web/favicon.svg"


def test_robots_may_read_what_people_wrote_and_no_forms(client):
    response = client.get("/robots.txt")
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("text/plain")
    lines = response.content.decode().split("\n\n")[0].splitlines()
    assert lines[0] == "User-agent: *"
    assert {"Disallow: /settings/", "Disallow: /create/", "Disallow: /login/"} <= set(lines)
    assert "Disallow: /" not in lines


def test_robots_that_gather_words_for_training_are_turned_away(client, settings):
    groups = client.get("/robots.txt").content.decode().split("\n\n")
    assert len(groups) == 2
    *names, rule = groups[1].splitlines()
    assert rule == "Disallow: /"
    assert {"User-agent: GPTBot", "User-agent: CCBot", "User-agent: Google-Extended"} <= set(names)
    assert all(name.startswith("User-agent: ") for name in names)
    settings.AI_TRAINING_ALLOWED = True
    assert client.get("/robots.txt").content.decode() == groups[0] + "\n"


@pytest.mark.parametrize("path", ["/favicon.ico", "/robots.txt"])
def test_only_looking_is_allowed(client, path):
    assert client.post(path).status_code == 405
