"""What the database promises about link cards, whatever the code does."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from attachments.models import LinkCard
from tests.factories import make_tweet
from tweets.models import Tweet

pytestmark = pytest.mark.django_db
READY = LinkCard.State.READY


def refused(write) -> bool:
    try:
        with transaction.atomic():
            write()
    except IntegrityError:
        return True
    return False


def test_an_address_has_one_card():
    LinkCard.objects.create(url="https://example.org/")

    assert refused(lambda: LinkCard.objects.create(url="https://example.org/"))


@pytest.mark.parametrize(
    "broken",
    [
        {"state": "odd"},
        {"state": READY, "title": ""},
        {"picture": "pictures/a.jpg"},
        {"picture": "pictures/a.jpg", "width": 10},
    ],
)
def test_no_card_is_half_of_one(broken):
    assert refused(lambda: LinkCard.objects.create(url="https://example.org/", **broken))


def test_longest_address_fits_into_its_index(settings):
    url = "https://example.org/".ljust(settings.LINK_MAX_LENGTH, "x")

    assert LinkCard.objects.create(url=url).url == url


def test_a_card_that_goes_leaves_the_tweet(alice):
    card = LinkCard.objects.create(url="https://example.org/", state=READY, title="Example")
    tweet = make_tweet(alice, "see https://example.org/")
    Tweet.objects.filter(pk=tweet.pk).update(link_card=card)

    card.delete()

    tweet.refresh_from_db()
    assert tweet.link_card is None


def test_sets_of_cards(settings):
    ready = LinkCard.objects.create(url="https://a.example/", state=READY, title="A")
    old = LinkCard.objects.create(url="https://b.example/")
    long_ago = timezone.now() - timedelta(days=settings.LINK_UNCARRIED_DAYS, hours=1)
    LinkCard.objects.filter(pk=old.pk).update(wanted_at=long_ago)

    assert list(LinkCard.objects.ready()) == [ready]
    assert list(LinkCard.objects.long_unwanted()) == [old]
