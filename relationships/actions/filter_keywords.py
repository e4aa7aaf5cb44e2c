"""The words of a filter one by one, as apps change them."""

from django.db import transaction

from accounts.actions import lock_people
from accounts.models import User
from common.errors import Invalid, NotFound
from relationships.actions.word_filters import announce_filters, tidy_keywords
from relationships.models import FilterKeyword, WordFilter
from relationships.queries import keyword_for


@transaction.atomic
def add_keyword(owner: User, filter_id: int, phrase: str, *, whole_word: bool) -> FilterKeyword:
    """One more phrase for a filter; one it has already only changes. Raises NotFound, and Invalid as a new
    filter with it would.
    """
    lock_people(owner.pk)
    one = WordFilter.objects.filter(owner=owner, pk=filter_id).first()
    if one is None:
        raise NotFound("This filter does not exist any more.")
    tidy = _tidy(one, phrase, but="")
    keyword, _ = FilterKeyword.objects.update_or_create(
        filter=one, phrase=tidy, defaults={"whole_word": whole_word}
    )
    announce_filters(owner)
    return keyword


@transaction.atomic
def change_keyword(owner: User, keyword_id: int, phrase: str, *, whole_word: bool) -> FilterKeyword:
    """Another phrase under the same id. Raises NotFound for a stranger's, Invalid as `add_keyword`."""
    lock_people(owner.pk)
    keyword = keyword_for(owner, keyword_id)
    tidy = _tidy(keyword.filter, phrase, but=keyword.phrase)
    if tidy != keyword.phrase and keyword.filter.keywords.filter(phrase=tidy).exists():
        raise Invalid("This filter has that phrase already.", "keyword")
    keyword.phrase, keyword.whole_word = tidy, whole_word
    keyword.save(update_fields=["phrase", "whole_word"])
    announce_filters(owner)
    return keyword


@transaction.atomic
def remove_keyword(owner: User, keyword_id: int) -> None:
    """Take a phrase out; the filter stays. Raises NotFound for one that is not theirs."""
    lock_people(owner.pk)
    keyword_for(owner, keyword_id).delete()
    announce_filters(owner)


def _tidy(one: WordFilter, phrase: str, but: str) -> str:
    """The phrase as it is kept, beside all others of the filter."""
    others = dict(one.keywords.exclude(phrase=but).values_list("phrase", "whole_word"))
    kept = tidy_keywords({**others, phrase: True})
    tidy = " ".join(phrase.split())
    if tidy not in kept:
        raise Invalid("Write a word or phrase.", "keyword")
    return tidy
