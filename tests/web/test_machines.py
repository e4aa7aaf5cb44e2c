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
    lines = response.content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    assert {"Disallow: /settings/", "Disallow: /create/", "Disallow: /login/"} <= set(lines)
    assert "Disallow: /" not in lines


@pytest.mark.parametrize("path", ["/favicon.ico", "/robots.txt"])
def test_only_looking_is_allowed(client, path):
    assert client.post(path).status_code == 405
