"""The page a status links to: `PreviewCard`."""

import pytest
from django.utils import timezone

from accounts.actions import suspend_user, update_profile
from analytics.models import LinkTrend
from attachments.models import LinkCard
from relationships.actions import FilterDraft, create_filter
from tests.api.shape import assert_is
from tests.factories import make_tweet, make_tweet_with_page
from tweets.actions import retweet
from tweets.models import Tweet

pytestmark = pytest.mark.django_db


def read(app, tweet):
    return app.get(f"/api/v1/statuses/{tweet.id}").json()


def test_it_says_what_the_page_said(bobs, alice):
    tweet = make_tweet_with_page(alice, title="Tides", description="When to sail", picture=(1200, 630))
    status = read(bobs, tweet)
    assert_is("Status", status)
    card = status["card"]
    assert (card["title"], card["description"], card["type"]) == ("Tides", "When to sail", "link")
    assert (card["provider_name"], card["author_name"]) == ("Example", "Ana Writer")
    assert card["url"].startswith("https://example.org/")
    assert card["image"].startswith("http://localhost:8000/media/")
    assert (card["width"], card["height"]) == (1200, 630)
    assert card["blurhash"]


def test_without_a_picture_the_image_is_null(bobs, alice):
    card = read(bobs, make_tweet_with_page(alice))["card"]
    assert (card["image"], card["width"], card["height"], card["blurhash"]) == (None, 0, 0, None)


def test_without_a_page_the_card_is_null(bobs, alice):
    assert read(bobs, make_tweet(alice))["card"] is None


def test_a_retweet_holds_it_inside(bobs, alice, carol):
    status = read(bobs, retweet(carol, make_tweet_with_page(alice, title="Tides")))
    assert status["card"] is None
    assert status["reblog"]["card"]["title"] == "Tides"


def test_word_filters_read_it(bobs, bob, alice):
    create_filter(
        bob, FilterDraft(title="Film", keywords={"spoiler": True}, contexts=("home",), action="warn")
    )
    status = read(bobs, make_tweet_with_page(alice, title="A spoiler"))
    assert [found["filter"]["title"] for found in status["filtered"]] == ["Film"]


# --- Whom a page calls its author -------------------------------------------------------------------


@pytest.fixture
def article(alice, carol) -> Tweet:
    """Alice links to a page of example.org that says carol wrote it."""
    tweet = make_tweet_with_page(alice, title="Tides")
    LinkCard.objects.update(creator="carol")
    return tweet


def trust(person, *sites):
    update_profile(person, display_name="Carol", bio="", location="", website="", attribution_domains=sites)


def test_who_trusts_the_site_is_named(bobs, nobodys, carol, article):
    trust(carol, "example.org")
    for app in (bobs, nobodys):
        card = read(app, article)["card"]
        assert_is("PreviewCard", card)
        (author,) = card["authors"]
        assert author["account"] == app.get(f"/api/v1/accounts/{carol.pk}").json()
        assert (author["name"], author["url"]) == ("Ana Writer", "http://localhost:8000/@carol")
        assert card["missing_attribution"] is False


def test_who_does_not_is_told_and_not_named(bobs, app_of, carol, article):
    trust(carol, "other.example")
    for app, is_missing in ((bobs, False), (app_of(carol), True)):
        card = read(app, article)["card"]
        assert card["authors"] == [{"name": "Ana Writer", "url": "", "account": None}]
        assert card["missing_attribution"] is is_missing


def test_nobody_is_named_who_cannot_be_seen(bobs, carol, staff, article):
    trust(carol, "example.org")
    suspend_user(staff, carol)
    assert read(bobs, article)["card"]["authors"][0]["account"] is None
    LinkCard.objects.update(creator="nobody")
    assert read(bobs, article)["card"]["authors"][0]["account"] is None


def test_a_page_that_shows_nothing_any_more_names_nobody(bobs, alice, carol, article):
    trust(carol, "example.org")
    other = make_tweet_with_page(alice)
    LinkCard.objects.update(creator="carol")
    LinkCard.objects.filter(tweets=article.pk).update(state=LinkCard.State.EMPTY)
    both = bobs.get(f"/api/v1/statuses?id[]={article.pk}&id[]={other.pk}").json()
    assert both[0]["card"] is None
    assert both[1]["card"]["authors"][0]["account"]["acct"] == "carol"


def test_pages_that_many_link_to_name_them_too(nobodys, carol, article):
    trust(carol, "example.org")
    card_id = Tweet.objects.get(pk=article.pk).link_card_id
    LinkTrend.objects.create(card_id=card_id, score=9, people=5, updated_at=timezone.now())
    (link,) = nobodys.get("/api/v1/trends/links").json()
    assert link["authors"][0]["account"]["acct"] == "carol"
    assert_is("TrendsLink", link)


@pytest.mark.parametrize("number", [3, 30])
def test_authors_take_the_same_number_of_queries(bobs, alice, carol, number, django_assert_num_queries):
    trust(carol, "example.org")
    for _ in range(number):
        make_tweet_with_page(alice)
    bobs.get("/api/v1/timelines/public?limit=40")
    with django_assert_num_queries(5):
        bobs.get("/api/v1/timelines/public?limit=40")
    LinkCard.objects.update(creator="carol")
    with django_assert_num_queries(6):  # one more than without authors
        found = bobs.get("/api/v1/timelines/public?limit=40").json()
    assert {status["card"]["authors"][0]["account"]["acct"] for status in found} == {"carol"}
    assert len(found) == number
