"""Tweets in the admin: found by staff, neither rewritten nor taken down, and never a query for each row."""

import pytest
from django.urls import reverse

from accounts.models import User
from audit.models import AuditEntry
from tests.factories import make_image, make_tweet, make_user
from tweets.actions import edit_tweet, hide_tweet
from tweets.admin import CappedPaginator
from tweets.draft import TweetDraft
from tweets.models import Tweet

pytestmark = pytest.mark.django_db

LIST = "/admin/tweets/tweet/"


@pytest.fixture
def as_staff(staff, as_person):
    return as_person(staff)


def act(client, action, *tweets):
    """Choose the tweets, then the action, as the form of the list does."""
    data = {"action": action, "_selected_action": [tweet.id for tweet in tweets]}
    return client.post(LIST, data, follow=True)


def shown(response) -> set[int]:
    return {tweet.id for tweet in response.context["cl"].result_list}


def test_what_is_hidden_and_what_it_said_before_can_still_be_judged(as_staff, alice, staff):
    tweet = make_tweet(alice, "something unkind")
    edit_tweet(alice, tweet, TweetDraft(text="something kind"))
    hide_tweet(staff, tweet)
    page = as_staff.get(f"{LIST}{tweet.id}/change/").content.decode()
    assert "something unkind" in page
    assert f'href="{tweet.path}"' not in page


def test_people_who_are_not_staff_stay_outside(as_alice, client):
    for visitor in (as_alice, client):
        assert visitor.get(LIST).status_code == 302


def test_the_list_shows_text_author_pictures_and_state(as_staff, alice):
    image = make_image(alice, "A teal field")
    make_tweet(alice, "Look at <this>", [image])
    page = as_staff.get(LIST).content.decode()
    assert "Look at &lt;this&gt;" in page
    assert f'src="{image.thumb_url}"' in page
    assert 'alt="A teal field"' in page
    assert f"?author={alice.id}" in page
    assert "@alice" in page


@pytest.mark.parametrize("number", [3, 30])
def test_the_number_of_queries_does_not_grow(as_staff, number, django_assert_num_queries):
    for _ in range(number):
        author = make_user()
        make_tweet(author, images=[make_image(author), make_image(author)])
    as_staff.get(LIST)
    with django_assert_num_queries(4):
        response = as_staff.get(LIST)
    assert len(shown(response)) == number


def test_words_and_authors_are_found(as_staff, alice, bob):
    by_alice, by_bob = make_tweet(alice, "an orange cat"), make_tweet(bob, "a black cat")
    assert shown(as_staff.get(LIST, {"q": "orange"})) == {by_alice.id}
    assert shown(as_staff.get(LIST, {"q": "bob"})) == {by_bob.id}
    assert shown(as_staff.get(LIST, {"q": "cat"})) == {by_alice.id, by_bob.id}
    assert shown(as_staff.get(LIST, {"author": alice.id})) == {by_alice.id}


def test_the_filters_sort_by_state_and_pictures(as_staff, alice, bob, staff):
    plain, hidden, edited = (make_tweet(alice) for _ in range(3))
    pictured = make_tweet(alice, images=[make_image(alice), make_image(alice)])
    outcast = make_tweet(bob)
    hide_tweet(staff, hidden)
    edit_tweet(alice, edited, TweetDraft("said better"))
    User.objects.filter(pk=bob.pk).update(state="suspended")
    everything = {plain.id, hidden.id, edited.id, pictured.id, outcast.id}
    assert shown(as_staff.get(LIST)) == everything
    assert shown(as_staff.get(LIST, {"state": "shown"})) == everything - {hidden.id}
    assert shown(as_staff.get(LIST, {"state": "hidden"})) == {hidden.id}
    assert shown(as_staff.get(LIST, {"state": "edited"})) == {edited.id}
    assert shown(as_staff.get(LIST, {"state": "suspended"})) == {outcast.id}
    assert shown(as_staff.get(LIST, {"pictures": "yes"})) == {pictured.id}
    assert shown(as_staff.get(LIST, {"state": "nonsense"})) == everything


def test_taking_down_is_a_measure_and_stands_under_moderation(as_staff, alice):
    tweet = make_tweet(alice, "unspeakable")
    there = f"/moderation/people/@alice/?tweet={tweet.id}"
    for page in (LIST, reverse("admin:tweets_tweet_change", args=[tweet.id])):
        assert f'href="{there}"' in as_staff.get(page).content.decode()
    assert "unspeakable" in as_staff.get(there).content.decode()


@pytest.mark.parametrize("action", ["hide", "show_again", "suspend_author"])
def test_no_action_of_the_list_is_a_measure(action, as_staff, alice, staff):
    tweet, hidden = make_tweet(alice), make_tweet(alice)
    hide_tweet(staff, hidden)
    before = AuditEntry.objects.count()
    act(as_staff, action, tweet, hidden)
    assert list(Tweet.objects.filter(hidden_at=None)) == [tweet]
    assert User.objects.get(pk=alice.pk).is_active
    assert AuditEntry.objects.count() == before


def test_nothing_is_written_added_or_deleted_here(as_staff, alice):
    tweet = make_tweet(alice, "as I said it")
    change = reverse("admin:tweets_tweet_change", args=[tweet.id])
    page = as_staff.get(change)
    assert page.status_code == 200
    assert "as I said it" in page.content.decode()
    assert 'name="text"' not in page.content.decode()
    assert as_staff.post(change, {"text": "changed"}).status_code == 403
    assert as_staff.post(reverse("admin:tweets_tweet_delete", args=[tweet.id])).status_code == 403
    assert as_staff.get(reverse("admin:tweets_tweet_add")).status_code == 403
    act(as_staff, "delete_selected", tweet)
    assert Tweet.objects.get().text == "as I said it"


def test_a_tweets_own_page_shows_pictures_and_descriptions(as_staff, alice):
    image = make_image(alice, "Two hills")
    tweet = make_tweet(alice, images=[image, make_image(alice)])
    page = as_staff.get(reverse("admin:tweets_tweet_change", args=[tweet.id])).content.decode()
    assert image.thumb_url in page
    assert "Two hills" in page
    assert "No description." in page
    assert f'href="{tweet.path}"' in page


def test_no_page_counts_beyond_the_cap(alice, monkeypatch):
    for _ in range(5):
        make_tweet(alice)
    monkeypatch.setattr(CappedPaginator, "LIMIT", 3)
    assert CappedPaginator(Tweet.objects.order_by("-id"), 2).count == 3
