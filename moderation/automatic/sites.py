"""Which sites were linked to before, by whomever: what rules ask, and keeping it."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.utils import timezone

from attachments.link_addresses import host_of, is_our_own, normalised
from common.ids import id_at
from jobs.housekeeping import place_of
from moderation.models import LinkedSite
from tweets.text import address

WALK = "linked-sites"  # how far the walk over all tweets has come, among the places of housekeeping
_LATE_MINUTES = 10  # the clock walks each minute; later than that nobody knows which sites are new


def sites_in(links: Iterable[str]) -> list[str]:
    """Where links as typed lead to, each site once and without www; this server is none."""
    urls = (normalised(address(link)) for link in links)
    return list(dict.fromkeys(host_of(url) for url in urls if url is not None and not is_our_own(url)))


def first_linked(sites: Sequence[str]) -> dict[str, int]:
    """The first tweet that linked to each of these, as far as any is known. One query at most."""
    if not sites:
        return {}
    return dict(LinkedSite.objects.filter(pk__in=sites).values_list("host", "tweet_id"))


def sites_are_known() -> bool:
    """Whether the walk is not far behind. Before, each site would look new. One query."""
    return int(place_of(WALK) or 0) >= id_at(timezone.now() - timedelta(minutes=_LATE_MINUTES))


def note_sites(tweets: Iterable[tuple[int, Iterable[str]]]) -> None:
    """Keep where these tweets link to, given with their links in the order in which they were said. One
    statement at most.
    """
    first: dict[str, int] = {}
    for tweet_id, links in tweets:
        for site in sites_in(links):
            first.setdefault(site, tweet_id)
    rows = [LinkedSite(host=host, tweet_id=tweet_id) for host, tweet_id in sorted(first.items())]
    LinkedSite.objects.bulk_create(rows, ignore_conflicts=True)
