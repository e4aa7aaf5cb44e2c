"""Pictures follow their tweets out of sight and back: their files are withheld, or shown again."""

import time

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from accounts.models import User
from attachments.actions import show_pictures, withhold_pictures
from attachments.models import Attachment
from events.bus import publish
from events.catalogue import PicturesLeft
from tweets.models import Tweet

_AT_ONCE = 50


def settle_pictures_of(user_id: int, before_id: int | None = None) -> None:
    """As things are now, whatever happened: withhold all pictures of whoever is out of sight, show all others
    but those of tweets taken down. The newest first; after PICTURES_SETTLING_SECONDS another job goes on.
    """
    person = User.objects.filter(pk=user_id).first()
    if person is None:
        return
    until = time.monotonic() + settings.PICTURES_SETTLING_SECONDS
    rows = Attachment.objects.filter(owner_id=user_id).order_by("-id")
    while True:
        some = list((rows.filter(id__lt=before_id) if before_id else rows)[:_AT_ONCE])
        if not some:
            return
        hidden = _of_hidden({one.pk for one in some})
        withhold_pictures([one for one in some if not person.is_active or one.pk in hidden])
        show_pictures([one for one in some if person.is_active and one.pk not in hidden])
        before_id = some[-1].pk
        if time.monotonic() > until:
            with transaction.atomic():
                publish(PicturesLeft(user_id, before_id))
            return


def settle_pictures_in(tweet_id: int) -> None:
    """The same for the pictures of one tweet."""
    tweet = Tweet.objects.select_related("author").filter(pk=tweet_id).first()
    if tweet is None:
        return
    pictures = list(Attachment.objects.filter(shown_in__tweet_id=tweet_id))
    if tweet.hidden_at is None and tweet.author.is_active:
        show_pictures(pictures)
    else:
        withhold_pictures(pictures)


def _of_hidden(ids: set[int]) -> set[int]:
    of_hidden = Q(shown_in__tweet__hidden_at__isnull=False)
    return set(Attachment.objects.filter(of_hidden, pk__in=ids).values_list("pk", flat=True))
