"""The options under a field in which a name or a tag is typed."""

import pytest

from relationships.actions import block_user
from tests.factories import make_tweet, make_user

pytestmark = pytest.mark.django_db


def asked(client, typed):
    return client.get("/suggest/", {"q": typed})


def test_people_with_what_is_written_when_one_is_taken(as_alice, bob):
    response = asked(as_alice, "@bo")
    assert response.status_code == 200
    assert 'role="option" id="suggestion-1" data-value="@bob"' in response.text
    assert response["Cache-Control"] == "private, max-age=60"


def test_tags_the_most_used_first(as_alice, alice, bob):
    make_tweet(alice, "#weather #week")
    make_tweet(bob, "#week")
    text = asked(as_alice, "#we").text
    assert text.index('data-value="#week"') < text.index('data-value="#weather"')


def test_names_are_words_and_no_markup(as_alice):
    make_user("bold", display_name="<b>bold</b>")
    text = asked(as_alice, "@bold").text
    assert "&lt;b&gt;bold" in text
    assert "<b>" not in text


@pytest.mark.parametrize("typed", ["", "@", "#", "bob", "\0", "\0@"])
def test_nothing_is_asked_nothing_is_said(as_alice, bob, typed):
    assert asked(as_alice, typed).status_code == 204


@pytest.mark.parametrize(
    "typed", ["@nobody_at_all", "#nothing", "@%", "#" + "x" * 3000, "@\ud83d\ude00"[:1] + "😀"]
)
def test_nothing_is_found(as_alice, bob, typed):
    response = asked(as_alice, typed)
    assert (response.status_code, response.text.strip()) == (200, "")


def test_visitors_have_nothing_to_write_in(client, bob):
    assert asked(client, "@bo").status_code == 204


def test_it_is_only_asked(as_alice):
    assert as_alice.post("/suggest/").status_code == 405


def asked_in_box(client, typed):
    return client.get("/search/suggest/", {"q": typed})


def test_the_search_box_offers_people_and_tags_to_everybody(client, as_alice, alice, bob):
    make_tweet(alice, "#bobbin")
    for reader in (client, as_alice):
        text = asked_in_box(reader, "bo").text
        assert text.index('data-href="/@bob"') < text.index('data-href="/tags/bobbin"')
    assert "/tags/" not in asked_in_box(client, "@bo").text
    assert "/@bob" not in asked_in_box(client, "#bo").text
    assert [asked_in_box(client, typed).status_code for typed in ("", "@", "#", " ", "\0")] == [204] * 5


def test_the_search_box_offers_nobody_across_a_block(as_alice, alice, bob):
    block_user(bob, alice)
    assert asked_in_box(as_alice, "bo").text.strip() == ""
