"""Counting which pages many people link to just now, and what staff decide about them."""

from collections import defaultdict
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.roles import Permission
from analytics.actions.recent import first_read_id
from analytics.models import LinkTrend
from attachments.models import LinkCard
from audit.actions import Subject, record
from audit.deeds import Deed
from audit.models import AuditEntry
from common.errors import NotAllowed
from common.ids import moment_of
from tweets.models import Tweet


def recount_link_trends() -> None:
    """Count anew. Safe to run at any time, also twice at once.

    Reading takes one index range, the tweets of TRENDS_LINK_HOURS and of them the newest TRENDS_READ, and no
    transaction; writing takes a short one.
    """
    now = timezone.now()
    counts = _liveliest()
    with transaction.atomic():
        past = LinkTrend.objects.exclude(card_id__in=counts)
        past.filter(is_shown__isnull=True).delete()
        past.filter(people__gt=0).update(score=0, people=0, updated_at=now)
        there = set(LinkCard.objects.filter(pk__in=counts).values_list("pk", flat=True))  # or removed since
        LinkTrend.objects.bulk_create(
            [
                LinkTrend(card_id=card_id, score=score, people=people, updated_at=now)
                for card_id, (score, people) in sorted(counts.items())
                if card_id in there
            ],
            update_conflicts=True,
            unique_fields=["card"],
            update_fields=["score", "people", "updated_at"],
        )


def show_link_trend(staff: User, card: LinkCard) -> None:
    """Let the page stand among trends; twice is harmless. Raises NotAllowed."""
    _decide(staff, card, is_shown=True)


def hide_link_trend(staff: User, card: LinkCard) -> None:
    """Take the page out of trends; twice is harmless. Raises NotAllowed."""
    _decide(staff, card, is_shown=False)


@transaction.atomic
def undo_link_decision(staff: User, entry: AuditEntry) -> None:
    """As it was before the deed, also undecided. Nothing happens if somebody decided otherwise since. Raises
    NotAllowed, and LinkTrend.DoesNotExist for a page that is not counted any more.
    """
    _check(staff)
    trends = LinkTrend.objects.select_for_update(of=("self",), no_key=True).select_related("card")
    trend, before = trends.get(pk=entry.subject_id), entry.before.get("shown")
    if trend.is_shown != entry.after.get("shown"):
        return
    deed = Deed.SHOW_PAGE if entry.deed == Deed.HIDE_PAGE else Deed.HIDE_PAGE
    change = {"shown": trend.is_shown}, {"shown": before}
    record(staff, deed, Subject("page", trend.pk, trend.card.url), *change, undoes=entry)
    trend.is_shown, trend.decided_by = before, staff
    trend.save(update_fields=["is_shown", "decided_by"])


@transaction.atomic
def _decide(staff: User, card: LinkCard, *, is_shown: bool) -> None:
    _check(staff)
    before = LinkTrend.objects.filter(card=card).values_list("is_shown", flat=True).first()
    if before is is_shown:
        return
    deed = Deed.SHOW_PAGE if is_shown else Deed.HIDE_PAGE
    record(staff, deed, Subject("page", card.pk, card.url), {"shown": before}, {"shown": is_shown})
    decided = {"is_shown": is_shown, "decided_by": staff}
    LinkTrend.objects.update_or_create(
        card=card, defaults=decided, create_defaults=decided | {"updated_at": timezone.now()}
    )


def _check(staff: User) -> None:
    if not staff.may(Permission.DECIDE_TRENDS):
        raise NotAllowed("Only staff decide about trends.")


def _liveliest() -> dict[int, tuple[float, int]]:
    """Score and number of people of the TRENDS_KEPT liveliest pages. Each person has one vote for a page, by
    their newest tweet that links to it.
    """
    half = timedelta(hours=settings.TRENDS_LINK_HALVE_HOURS)
    now = timezone.now()
    votes: defaultdict[int, dict[int, float]] = defaultdict(dict)
    for tweet_id, author_id, card_id in _linking():
        age = max(now - moment_of(tweet_id), timedelta())
        votes[card_id].setdefault(author_id, 0.5 ** (age / half))
    counts = [
        (sum(by_person.values()), len(by_person), card_id)
        for card_id, by_person in votes.items()
        if len(by_person) >= settings.TRENDS_MIN_PEOPLE
    ]
    counts.sort(key=lambda count: (-count[0], count[2]))
    return {card_id: (score, people) for score, people, card_id in counts[: settings.TRENDS_KEPT]}


def _linking() -> list[tuple[int, int, int]]:
    """Id, author and card of what links to a page: said to everybody, not marked as sensitive, by people who
    wish to be found; the newest first. One query for where to begin, one for the tweets.
    """
    visitor = AnonymousUser()
    said = (
        Tweet.objects.visible_to(visitor)
        .offered_to(visitor)
        .filter(
            id__gt=first_read_id(settings.TRENDS_LINK_HOURS),
            visibility=Tweet.Visibility.PUBLIC,
            link_card__isnull=False,
            is_sensitive=False,
            author__is_sensitive=False,
            author__is_findable=True,
        )
    )
    return list(said.order_by("-id").values_list("id", "author_id", "link_card_id"))
