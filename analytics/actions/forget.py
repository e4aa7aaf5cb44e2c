"""Statistics end with what they are about."""

from datetime import UTC, timedelta

from django.utils import timezone

from accounts.models import User
from analytics.models import AuthorDay, LastActive, LeftOut, Reach, Sketch


def forget_tweet(tweet_id: int) -> None:
    """A deleted tweet takes its numbers with it; what its author was read in all stays."""
    Reach.objects.filter(thing=tweet_id).delete()
    LeftOut.objects.filter(pk=tweet_id).delete()
    today = timezone.now().astimezone(UTC).date()
    Sketch.objects.filter(day__gte=today - timedelta(days=1), thing=tweet_id).delete()


def forget_author(person: User, most: int) -> int:
    """At most so many rows of somebody who leaves for good. Returns how many there were."""
    taken = 0
    for model in (Reach, AuthorDay, Sketch):
        ids = list(model.objects.filter(author_id=person.pk).values_list("pk", flat=True)[: most - taken])
        model.objects.filter(pk__in=ids).delete()
        taken += len(ids)
    LastActive.objects.filter(person_id=person.pk).delete()
    return taken
