"""Words one would rather not read: filters with their words, and the older form of a phrase each."""

from django.db import transaction
from django.http import HttpResponse

from api.answers import answer
from api.authentication import ApiRequest
from api.described import takes
from api.inputs.filters import (
    FilteredTweetInput,
    FilterInput,
    KeywordInput,
    PhraseInput,
    changed_filter,
    changed_phrase,
    new_filter,
    new_phrase,
)
from api.shapes.filters import filtered_tweet, keyword, phrase, word_filters
from common.errors import Invalid
from relationships.actions import (
    add_keyword,
    change_filter,
    change_keyword,
    create_filter,
    delete_filter,
    remove_keyword,
)
from relationships.queries import filter_for, filters_of, keyword_for, keywords_of
from tweets.actions import filter_tweet, stop_filtering_tweet
from tweets.queries import filtered_tweet_for, filtered_tweets_in, tweet_for


def index(request: ApiRequest) -> HttpResponse:
    """All of them, the latest first."""
    return answer(word_filters(list(filters_of(request.user))))


@takes(FilterInput)
def create(request: ApiRequest) -> HttpResponse:
    """Make one."""
    made = create_filter(request.user, new_filter(FilterInput.read(request)))
    return _answer(request, made.pk)


def show(request: ApiRequest, filter_id: int) -> HttpResponse:
    """One of them."""
    return _answer(request, filter_id)


@takes(FilterInput)
def update(request: ApiRequest, filter_id: int) -> HttpResponse:
    """Change one; what is not sent stays."""
    present = filter_for(request.user, filter_id)
    change_filter(request.user, filter_id, changed_filter(present, FilterInput.read(request)))
    return _answer(request, filter_id)


def delete(request: ApiRequest, filter_id: int) -> HttpResponse:
    """Remove one."""
    delete_filter(request.user, filter_for(request.user, filter_id).pk)
    return answer({})


def keywords(request: ApiRequest, filter_id: int) -> HttpResponse:
    """The words of one."""
    return answer([keyword(row) for row in filter_for(request.user, filter_id).keywords.all()])


@takes(KeywordInput)
def create_keyword(request: ApiRequest, filter_id: int) -> HttpResponse:
    """One more word."""
    sent = KeywordInput.read(request)
    made = add_keyword(request.user, filter_id, sent["keyword"], whole_word=sent["whole_word"])
    return answer(keyword(made))


def show_keyword(request: ApiRequest, keyword_id: int) -> HttpResponse:
    """One word."""
    return answer(keyword(keyword_for(request.user, keyword_id)))


@takes(KeywordInput)
def update_keyword(request: ApiRequest, keyword_id: int) -> HttpResponse:
    """Another word in its place."""
    sent = KeywordInput.read(request)
    row = change_keyword(request.user, keyword_id, sent["keyword"], whole_word=sent["whole_word"])
    return answer(keyword(row))


def delete_keyword(request: ApiRequest, keyword_id: int) -> HttpResponse:
    """Take a word out; its filter stays."""
    remove_keyword(request.user, keyword_id)
    return answer({})


def tweets(request: ApiRequest, filter_id: int) -> HttpResponse:
    """The single tweets of one."""
    found = filter_for(request.user, filter_id)
    return answer([filtered_tweet(row) for row in filtered_tweets_in([found.pk])[found.pk]])


@takes(FilteredTweetInput)
def create_tweet(request: ApiRequest, filter_id: int) -> HttpResponse:
    """One more tweet, whatever it says."""
    wanted = tweet_for(request.user, FilteredTweetInput.read(request)["status_id"])
    return answer(filtered_tweet(filter_tweet(request.user, filter_id, wanted)))


def show_tweet(request: ApiRequest, row_id: int) -> HttpResponse:
    """One of them."""
    return answer(filtered_tweet(filtered_tweet_for(request.user, row_id)))


def delete_tweet(request: ApiRequest, row_id: int) -> HttpResponse:
    """Take it out."""
    stop_filtering_tweet(request.user, filtered_tweet_for(request.user, row_id).pk)
    return answer({})


# --- The older form: each word is a filter of its own


def phrases(request: ApiRequest) -> HttpResponse:
    """All words of all filters."""
    return answer([phrase(row) for row in keywords_of(request.user)])


@takes(PhraseInput)
def create_phrase(request: ApiRequest) -> HttpResponse:
    """A filter of one word."""
    made = create_filter(request.user, new_phrase(PhraseInput.read(request)))
    return answer(phrase(filter_for(request.user, made.pk).keywords.get()))


def show_phrase(request: ApiRequest, keyword_id: int) -> HttpResponse:
    """One word."""
    return answer(phrase(keyword_for(request.user, keyword_id)))


@takes(PhraseInput)
@transaction.atomic
def update_phrase(request: ApiRequest, keyword_id: int) -> HttpResponse:
    """Change a word, and the filter it is in, as long as it is the only one there."""
    sent = PhraseInput.read(request)
    row = keyword_for(request.user, keyword_id)
    if sent.keys() & {"context", "irreversible", "expires_in"}:
        present = filter_for(request.user, row.filter_id)
        if present.keywords.count() > 1:
            raise Invalid("This filter has several words. Change it with an app that knows such filters.")
        change_filter(request.user, present.pk, changed_phrase(present, sent))
    change_keyword(
        request.user,
        keyword_id,
        sent.get("phrase", row.phrase),
        whole_word=sent.get("whole_word", row.whole_word),
    )
    return show_phrase(request, keyword_id)


@transaction.atomic
def delete_phrase(request: ApiRequest, keyword_id: int) -> HttpResponse:
    """Take a word out; a filter goes with its last one."""
    row = keyword_for(request.user, keyword_id)
    remove_keyword(request.user, keyword_id)
    if not filter_for(request.user, row.filter_id).keywords.exists():
        delete_filter(request.user, row.filter_id)
    return answer({})


def _answer(request: ApiRequest, filter_id: int) -> HttpResponse:
    return answer(word_filters([filter_for(request.user, filter_id)])[0])
