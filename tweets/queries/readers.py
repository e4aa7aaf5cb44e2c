"""Which of many people may read a tweet: the rule of `visible_to`, asked for all of them at once."""

from collections.abc import Collection, Hashable, Iterable, Mapping

from django.db.models import Exists

from accounts.models import User
from relationships.models import Follow
from tweets.models import Bookmark, Like, PollVote, ThreadMute, Tweet
from tweets.queries.shown import with_others


def readers_of(
    tweet_ids: Iterable[int], people_ids: Collection[int], *, but_muted: bool = False
) -> dict[int, set[int]]:
    """Which of the tweets each of these people may read: person -> ids. One query for each tweet.

    Of a retweet this is the pointer alone, as in `visible_to`. With `but_muted` without the tweets of those
    whom the person mutes.
    """
    found: dict[int, set[int]] = {person_id: set() for person_id in people_ids}
    for tweet_id in tweet_ids:
        this = Tweet.objects.filter(pk=tweet_id).visible_to_each()
        if but_muted:
            this = this.offered_to_each()
        readers = User.objects.filter(Exists(this), pk__in=people_ids)
        for person_id in readers.values_list("pk", flat=True):
            found[person_id].add(tweet_id)
    return found


def alike_readers(tweet_id: int, people_ids: Collection[int]) -> Mapping[int, Hashable]:
    """Who of these people may read the tweet and does not mute its author: person -> a sign, the same for all
    to whom the whole of it looks the same, but for what their own settings and filters say.

    Whoever did something with it, or with what it spreads or quotes, has a sign of their own. Six queries at
    most, and one for each tweet that it spreads or quotes.
    """
    seeing = {an_id for an_id, seen in readers_of([tweet_id], people_ids, but_muted=True).items() if seen}
    columns = ("pk", "author_id", "quoters", "conversation_id")
    shown = {
        row[0]: row for row in Tweet.objects.filter(pk__in=with_others([tweet_id])).values_list(*columns)
    }
    if not seeing or tweet_id not in shown:
        return {}
    others = readers_of(shown.keys() - {tweet_id}, seeing)
    authors = {author_id for _, author_id, _, _ in shown.values()}
    asked = {row[1] for row in shown.values() if row[2] == Tweet.Quoters.FOLLOWERS}
    following = _following(seeing, asked)
    own = authors | _touching(shown, {row[3] for row in shown.values()}, seeing)
    return {
        person_id: person_id
        if person_id in own
        else (frozenset(others[person_id]), following.get(person_id, frozenset()))
        for person_id in seeing
    }


def _following(people_ids: Collection[int], authors: Collection[int]) -> dict[int, frozenset[int]]:
    """Whom of the authors each of these people follows."""
    found: dict[int, set[int]] = {}
    rows = Follow.objects.filter(follower_id__in=people_ids, followed_id__in=authors) if authors else ()
    for follow in rows:
        found.setdefault(follow.follower_id, set()).add(follow.followed_id)
    return {person_id: frozenset(followed) for person_id, followed in found.items()}


def _touching(
    tweet_ids: Collection[int], conversation_ids: Collection[int], people_ids: Collection[int]
) -> set[int]:
    """Who of these people did something with one of the tweets that shows on it. One query."""
    tweets, people = list(tweet_ids), list(people_ids)
    likes = Like.objects.filter(tweet_id__in=tweets, person_id__in=people).values_list("person_id")
    marks = Bookmark.objects.filter(tweet_id__in=tweets, person_id__in=people).values_list("person_id")
    spread = Tweet.objects.filter(retweet_of_id__in=tweets, author_id__in=people).values_list("author_id")
    votes = PollVote.objects.filter(poll__tweet_id__in=tweets, voter_id__in=people).values_list("voter_id")
    mutes = ThreadMute.objects.filter(conversation_id__in=list(conversation_ids), person_id__in=people)
    found = likes.union(marks, spread, votes, mutes.values_list("person_id"))
    return {person_id for (person_id,) in found}
