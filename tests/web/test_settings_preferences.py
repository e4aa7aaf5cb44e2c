"""Settings of reading and of posting."""

import pytest

from accounts.models import User
from tweets.models import Tweet

pytestmark = pytest.mark.django_db
READING, POSTING = "/settings/reading/", "/settings/posting/"
USUAL = {"audience": "public", "repliers": "everyone", "quoters": "everyone", "language": ""}


def test_reading_is_saved_and_shown(as_alice, alice):
    sent = {"opens_warnings": "on", "pictures_shown": "none", "languages": ["de", "ja"]}
    answer = as_alice.post(READING, sent, follow=True)
    assert answer.redirect_chain == [(READING, 302)]
    page = answer.content.decode()
    assert page.count(" checked") == 3
    assert '<option value="none" selected>' in page
    alice.refresh_from_db()
    assert (alice.opens_warnings, alice.pictures_shown) == (True, "none")
    assert alice.languages_read == ("de", "ja")
    as_alice.post(READING, {"pictures_shown": "harmless"})
    alice.refresh_from_db()
    assert (alice.opens_warnings, alice.pictures_shown, alice.languages_read) == (False, "harmless", ())


@pytest.mark.parametrize(
    "sent", [{}, {"pictures_shown": "x"}, {"pictures_shown": "all", "languages": ["tlh"]}]
)
def test_a_wrong_choice_of_reading_changes_nothing(as_alice, alice, sent):
    answer = as_alice.post(READING, {"opens_warnings": "on", **sent})
    assert answer.status_code == 422
    assert "from the list" in answer.content.decode() or "in the list" in answer.content.decode()
    alice.refresh_from_db()
    assert not alice.opens_warnings


def test_too_many_languages_are_refused_and_stay_ticked(as_alice, alice):
    many = ["de", "en", "fr", "es", "it", "nl", "pl", "pt", "sv", "da", "fi"]
    answer = as_alice.post(READING, {"pictures_shown": "all", "languages": many})
    assert answer.status_code == 422
    assert "Choose at most 10 languages" in answer.content.decode()
    assert answer.content.decode().count(" checked") == len(many)
    alice.refresh_from_db()
    assert alice.languages_read == ()


def test_posting_is_saved_and_the_composer_begins_with_it(as_alice, alice):
    sent = {
        "audience": "quiet",
        "repliers": "followed",
        "quoters": "nobody",
        "language": "de",
        "is_sensitive": "on",
    }
    assert as_alice.post(POSTING, sent).status_code == 302
    page = as_alice.get("/create/").content.decode()
    for value in ("quiet", "followed", "nobody", "de"):
        assert f'<option value="{value}"' in page
    assert page.count(" selected>") == 5  # and how long a poll is open
    assert 'name="is_sensitive" checked' in page
    assert ">Nobody can quote</span>" in page
    assert "In Deutsch</span>" not in page


@pytest.mark.parametrize(
    "wrong", [{"audience": "direct"}, {"repliers": "x"}, {"quoters": ""}, {"language": "tlh"}]
)
def test_a_wrong_choice_of_posting_changes_nothing(as_alice, alice, wrong):
    answer = as_alice.post(POSTING, {**USUAL, "is_sensitive": "on", **wrong})
    assert answer.status_code == 422
    assert "Choose one of those in the list." in answer.content.decode()
    alice.refresh_from_db()
    assert not alice.posts_sensitive


@pytest.mark.parametrize("page", [READING, POSTING])
def test_visitors_are_sent_to_log_in(client, page):
    assert client.get(page).headers["Location"] == f"/login/?next={page}"


def test_preferences_speak_the_words_of_tweets():
    assert set(User.Audience.values) < set(Tweet.Visibility.values)
    assert set(User.Repliers.values) == set(Tweet.Repliers.values)
    assert set(User.Quoters.values) == set(Tweet.Quoters.values)


@pytest.mark.parametrize(
    ("header", "language"),
    [("de-AT,en;q=0.5", "de"), ("xx,ja;q=0.3", "ja"), ("*", ""), ("", ""), ("\xff;;q=x", "")],
)
def test_joining_takes_the_language_of_the_browser(client, header, language):
    sent = {
        "username": "newcomer",
        "display_name": "New Comer",
        "email": "newcomer@example.org",
        "password1": "correct horse battery",
    }
    client.post("/register/", sent, headers={"Accept-Language": header})
    assert User.objects.get(username="newcomer").posts_language == language
