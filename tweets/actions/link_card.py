"""Which page's card a tweet shows, and letting go of cards that no tweet shows."""

from collections.abc import Iterable, Iterator

from django.db import transaction

from attachments.actions import discard_link_cards, note_link
from attachments.models import LinkCard
from tweets.models import Poll, Tweet, TweetImage
from tweets.text.links import address

_CARDS_AT_ONCE = 200


@transaction.atomic
def take_up_link(tweet_id: int) -> None:
    """Let the tweet show the card of the first page it links to; twice is harmless, gone as well.

    Where a picture, a poll or a quoted tweet stands, there is no room for it. Of messages no other server
    learns anything: the address itself may be a secret. One that is held has to wait until it appears: nobody
    asks a page for what staff have not looked at.
    """
    tweet = Tweet.objects.select_for_update(no_key=True).filter(pk=tweet_id, held_at__isnull=True).first()
    if tweet is None:
        return
    links = [address(value) for kind, _, _, value in tweet.entities if kind == "url"]
    card = _first_card(links) if links and _has_room(tweet) else None
    card_id = card.id if card else None
    if tweet.link_card_id != card_id:
        Tweet.objects.filter(pk=tweet_id).update(link_card=card_id)


def discard_uncarried_cards(*, dry_run: bool = False) -> int:
    """Remove the cards of pages that no tweet links to any more; how many it were."""
    return sum(map(len if dry_run else discard_link_cards, _uncarried()))


def _has_room(tweet: Tweet) -> bool:
    return (
        tweet.visibility != Tweet.Visibility.DIRECT
        and not tweet.is_quote
        and not TweetImage.objects.filter(tweet=tweet).exists()
        and not Poll.objects.filter(tweet=tweet).exists()
    )


def _first_card(links: Iterable[str]) -> LinkCard | None:
    """Links to our own pages and to what is no page are passed over."""
    return next(filter(None, map(note_link, links)), None)


def _uncarried() -> Iterator[list[int]]:
    """Their ids, a few at a time, in one walk over all cards that were not wanted lately."""
    last = 0
    while ids := list(
        LinkCard.objects.long_unwanted()
        .filter(id__gt=last)
        .order_by("id")
        .values_list("id", flat=True)[:_CARDS_AT_ONCE]
    ):
        last = ids[-1]
        carried = set(Tweet.objects.filter(link_card__in=ids).values_list("link_card_id", flat=True))
        yield [an_id for an_id in ids if an_id not in carried]
