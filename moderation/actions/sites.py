"""Walking over all that was said, so that rules know which sites are new."""

import time
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from common.ids import id_at
from jobs.housekeeping import keep_place, place_of
from moderation.automatic.sites import WALK, note_sites
from moderation.models import AutomaticRule
from tweets.models import Tweet

_AT_ONCE = 500  # tweets
_SETTLED = timedelta(minutes=1)  # until then one that began earlier may be committed later


def learn_sites() -> bool:
    """Go on with the walk over all tweets but messages, the oldest first, and keep who linked to each site
    first; for REHEARSAL_SLICE_SECONDS at most, a batch at least. Returns whether nothing is left but the last
    minute, which live rules note by themselves. Outside of any transaction; cut off or running twice it does
    no harm.
    """
    ends_at = time.monotonic() + settings.REHEARSAL_SLICE_SECONDS
    at, until = int(place_of(WALK) or 0), id_at(timezone.now() - _SETTLED)
    said = Tweet.objects.but_messages().filter(retweet_of__isnull=True, id__lte=until).order_by("id")
    while at < until:
        batch = list(said.filter(id__gt=at).values_list("id", "entities")[:_AT_ONCE])
        at = batch[-1][0] if len(batch) == _AT_ONCE else until
        links = ((an_id, [one[3] for one in entities if one[0] == "url"]) for an_id, entities in batch)
        with transaction.atomic():
            note_sites(links)
            keep_place(WALK, str(at))
        if time.monotonic() > ends_at:
            break
    return at >= until


def learn_sites_if_asked() -> None:
    """The same, where any rule asks for it that was not put away."""
    rules = AutomaticRule.objects.exclude(state=AutomaticRule.State.OFF)
    if any("new_site_hours" in asked for asked in rules.values_list("asked", flat=True)):
        learn_sites()
