"""How heavy a page is: the first page of Home, with tweets as people write them."""

import pytest
from django.utils import timezone

from relationships.actions import follow_user
from tests.factories import make_image, make_quote, make_reply, make_tweet, make_user
from timelines.models import HomeTimeline
from tweets.actions import like_tweet, retweet
from twitter_clone.demo.script import sayings

pytestmark = pytest.mark.django_db
_KB = 1024


@pytest.fixture
def home_of_twenty(as_alice, alice, settings, events_happen) -> str:
    """Real words of people with real names, the longest of them too; pictures, quotes, retweets, replies."""
    settings.FEED_PAGE_SIZE = 20
    HomeTimeline.objects.create(owner=alice, read_at=timezone.now())
    names = ("harbour_news", "rosalind", "tomas_vidal", "greta")
    people = [make_user(name, display_name=name.replace("_", " ").title()) for name in names]
    texts = [said.text.removeprefix("@") for said in sayings()]
    with events_happen():
        for person in people:
            follow_user(alice, person)
        for place, text in enumerate(texts[-18:]):
            author = people[place % 4]
            images = [make_image(author, "Violet ridges one behind the other, a low sun between them")]
            tweet = make_tweet(author, text, images if place % 4 == 0 else None)
            for other in (alice, *people):
                if other != author:
                    like_tweet(other, tweet)
            if place % 6 == 1:
                make_quote(people[place % 3], tweet, "This, and twice on Sundays.")
            if place % 6 == 2:
                retweet(people[(place + 1) % 4], tweet)
            if place % 6 == 3:
                make_reply(people[(place + 1) % 4], tweet, "We have a shelf for that. It was needed.")
    response = as_alice.get("/")
    assert len(response.context["page"].cards) == 20
    return response.content.decode()


def test_home_leaves_a_tenth_of_its_60_kilobytes_free(home_of_twenty):
    """As a real server names its files, with the first digits of their content."""
    as_served = home_of_twenty.replace("/icons.svg", "/icons.0123456789ab.svg")
    assert len(as_served.encode()) < 54 * _KB
