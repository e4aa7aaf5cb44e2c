"""Theme and keyboard shortcuts, each kept in a cookie."""

import pytest

pytestmark = pytest.mark.django_db
PAGE = "/settings/appearance/"


@pytest.mark.parametrize("theme", ["system", "light", "dark", "dim", "contrast"])
def test_the_next_page_is_in_the_chosen_theme_also_for_visitors(client, theme):
    answer = client.post(PAGE, {"theme": theme})
    assert answer.headers["Location"] == PAGE
    cookie = answer.cookies["theme"]
    assert (cookie.value, cookie["samesite"], cookie["max-age"]) == (theme, "Lax", 31536000)
    assert "Saved for this browser." in client.get(PAGE).content.decode()
    assert f'data-theme="{theme}"' in client.get("/").content.decode()


@pytest.mark.parametrize("theme", ["", "neon", '"><script>'])
def test_a_theme_there_is_not_is_refused(client, theme):
    answer = client.post(PAGE, {"theme": theme})
    assert answer.status_code == 400
    assert "theme" not in answer.cookies


def test_a_made_up_cookie_is_the_system_s_theme(client):
    client.cookies["theme"] = '"><script>alert(1)</script>'
    page = client.get(PAGE).content.decode()
    assert 'data-theme="system"' in page
    assert "<script>alert" not in page


def test_the_page_works_signed_in(as_alice):
    assert as_alice.get(PAGE).status_code == 200


def test_shortcuts_are_on_until_they_are_switched_off(client):
    assert "data-keys" not in client.get("/").content.decode()
    answer = client.post(PAGE, {"theme": "dark", "keys": "off"})
    cookie = answer.cookies["keys"]
    assert (cookie.value, cookie["samesite"], cookie["httponly"]) == ("off", "Lax", True)
    assert 'data-theme="dark" data-keys="off"' in client.get("/").content.decode()
    client.post(PAGE, {"theme": "dark", "keys": "on"})
    assert "data-keys" not in client.get("/").content.decode()


def test_a_form_without_the_choice_leaves_it_as_it_is(client):
    client.cookies["keys"] = "off"
    assert "keys" not in client.post(PAGE, {"theme": "dark"}).cookies


def test_shortcuts_are_on_or_off_and_nothing_else(client):
    answer = client.post(PAGE, {"theme": "dark", "keys": "maybe"})
    assert answer.status_code == 400
    assert not answer.cookies
