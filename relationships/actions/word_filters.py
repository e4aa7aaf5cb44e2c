"""Keeping words out of one's sight: making, changing and deleting filters."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.actions import lock_people, note_filters
from accounts.models import User
from common.errors import Invalid, NotFound
from common.ids import new_id
from common.words import fold
from events.bus import publish
from events.catalogue import WordFiltersChanged
from relationships.models import FilterKeyword, WordFilter


@dataclass(frozen=True, slots=True)
class FilterDraft:
    """What a filter shall be. `keywords`: phrase -> whether it stands for whole words only.

    `may_be_empty`: apps make a filter first and say its words afterwards.
    """

    title: str
    keywords: dict[str, bool]
    contexts: tuple[str, ...]
    action: str = WordFilter.Action.WARN
    expires_at: datetime | None = None
    may_be_empty: bool = False


@transaction.atomic
def create_filter(owner: User, draft: FilterDraft) -> WordFilter:
    """A new filter. Raises Invalid for one that could never match or ended already, or beyond FILTERS_MAX."""
    lock_people(owner.pk)
    if WordFilter.objects.filter(owner=owner).count() >= settings.FILTERS_MAX:
        raise Invalid(f"You have {settings.FILTERS_MAX} filters already. Delete one you no longer need.")
    return _write(WordFilter(owner=owner), draft)


@transaction.atomic
def change_filter(owner: User, filter_id: int, draft: FilterDraft) -> WordFilter:
    """Replace what the filter was. Raises NotFound for one that is not theirs, Invalid as for a new one."""
    lock_people(owner.pk)
    found = WordFilter.objects.filter(owner=owner, pk=filter_id).first()
    if found is None:
        raise NotFound("This filter does not exist any more.")
    found.owner = owner
    return _write(found, draft)


@transaction.atomic
def delete_filter(owner: User, filter_id: int) -> None:
    """Twice is harmless; one that is not theirs stays."""
    lock_people(owner.pk)
    gone, _ = WordFilter.objects.filter(owner=owner, pk=filter_id).delete()
    if gone:
        announce_filters(owner)


def _write(one: WordFilter, draft: FilterDraft) -> WordFilter:
    keywords = tidy_keywords(draft.keywords)
    if not keywords and not (draft.may_be_empty and draft.title.strip()):
        raise Invalid("Write at least one word or phrase.", "keywords")
    _check(one, draft)
    one.title = _title(draft, keywords)
    one.action, one.contexts, one.expires_at = draft.action, sorted(set(draft.contexts)), draft.expires_at
    one.save()
    # What stays keeps its row: apps know keywords by their ids.
    FilterKeyword.objects.filter(filter=one).exclude(phrase__in=keywords).delete()
    FilterKeyword.objects.bulk_create(
        [FilterKeyword(filter=one, phrase=phrase, whole_word=whole) for phrase, whole in keywords.items()],
        update_conflicts=True,
        unique_fields=["filter", "phrase"],
        update_fields=["whole_word"],
    )
    announce_filters(one.owner)
    return one


def tidy_keywords(typed: Mapping[str, bool]) -> dict[str, bool]:
    """The phrases of one filter as they are kept, without empty ones. Raises Invalid for odd ones."""
    keywords = {" ".join(phrase.split()): whole for phrase, whole in typed.items()}
    keywords.pop("", None)
    if len(keywords) > settings.FILTER_KEYWORDS_MAX:
        raise Invalid(
            f"A filter holds {settings.FILTER_KEYWORDS_MAX} words or phrases; make another one for the rest.",
            "keywords",
        )
    for phrase in keywords:
        if len(phrase) > settings.FILTER_PHRASE_MAX_LENGTH:
            raise Invalid(f"A phrase has at most {settings.FILTER_PHRASE_MAX_LENGTH} characters.", "keywords")
        if not fold(phrase) or "\0" in phrase:  # it would be found in every tweet
            raise Invalid(f"“{phrase}” cannot be looked for. Write a word or phrase.", "keywords")
    return keywords


def _check(one: WordFilter, draft: FilterDraft) -> None:
    if draft.action not in WordFilter.Action.values:
        raise Invalid("Choose what happens to these tweets.", "action")
    if not draft.contexts or not set(draft.contexts) <= set(WordFilter.Context.values):
        raise Invalid("Choose at least one place.", "contexts")
    is_new_end = draft.expires_at is not None and draft.expires_at != one.expires_at
    if is_new_end and draft.expires_at <= timezone.now():  # type: ignore[operator]  # not None, see above
        raise Invalid("Choose an end that is still to come.", "expires_at")


def _title(draft: FilterDraft, keywords: dict[str, bool]) -> str:
    """As given, or its first phrase."""
    title = " ".join(draft.title.replace("\0", "").split()) or next(iter(keywords), "")
    if len(title) > settings.FILTER_TITLE_MAX_LENGTH:
        raise Invalid(f"A title has at most {settings.FILTER_TITLE_MAX_LENGTH} characters.", "title")
    return title


def note_tweets(owner: User, filter_id: int, *, holds_tweets: bool) -> None:
    """Single tweets came into the filter, or went: for those who keep them."""
    WordFilter.objects.filter(owner=owner, pk=filter_id).update(holds_tweets=holds_tweets)
    announce_filters(owner)


def announce_filters(owner: User) -> None:
    """Whoever keeps the owner's filters compiled has to read them again."""
    is_any_left = WordFilter.objects.filter(owner=owner).exists()
    note_filters(owner, new_id() if is_any_left else 0)
    publish(WordFiltersChanged(owner_id=owner.id))
