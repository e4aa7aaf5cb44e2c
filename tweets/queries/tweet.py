"""Finding one tweet or one tag."""

from types import SimpleNamespace
from typing import cast

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef

from accounts.models import User
from attachments.models import Attachment
from common.errors import NotFound
from common.prepared import Prepared
from tweets.draft import PollDraft
from tweets.models import Hashtag, Mention, Poll, ThreadMute, Tweet, TweetImage, TweetQuerySet


def tweet_for(viewer: User | AnonymousUser, tweet_id: int) -> Tweet:
    """The tweet with its author. Raises NotFound for what does not exist or may not be seen, alike."""
    is_an_id = 0 < tweet_id < 2**63  # what the database could not even be asked for
    found = _SEEN.instances(Tweet, viewer_id=viewer.pk, tweet_id=tweet_id) if is_an_id else []
    if not found:
        raise NotFound("This tweet does not exist, or you may not see it.")
    return found[0]


def posted(tweet_id: int) -> Tweet | None:
    """The tweet with its author, whoever may see it; for what follows of it."""
    found = _POSTED.instances(Tweet, tweet_id=tweet_id)
    return found[0] if found else None


def tag_names_of(tweet_id: int) -> list[str]:
    """The names of its hashtags."""
    return [name for (name,) in _TAGS.rows(tweet_id=tweet_id)]


def named_in(tweet_id: int) -> list[int]:
    """Ids of the people it names."""
    return [person_id for (person_id,) in _NAMED.rows(tweet_id=tweet_id)]


def poll_of(tweet: Tweet) -> PollDraft | None:
    """What the tweet asks, as its author would ask it again, without an end of its own. One query."""
    poll = Poll.objects.filter(pk=tweet.pk).first()
    if poll is None:
        return None
    return PollDraft(tuple(poll.choices), is_multiple=poll.is_multiple, hides_totals=poll.hides_totals)


def original_for(viewer: User | AnonymousUser, tweet_id: int) -> Tweet:
    """The tweet, or what it spreads if it is a retweet. Raises NotFound as tweet_for does."""
    tweet = tweet_for(viewer, tweet_id)
    return tweet_for(viewer, tweet.retweet_of_id) if tweet.retweet_of_id else tweet


def quote_for(quoted: User, tweet_id: int) -> Tweet:
    """The tweet, also one the person may not see, if it quotes them: their words are theirs to take out.

    Raises NotFound as tweet_for does.
    """
    quote = Tweet.objects.filter(pk=tweet_id, quote_of__author=quoted).select_related("author").first()
    return quote or tweet_for(quoted, tweet_id)


def unseen_quotes_of(tweet: Tweet, most: int) -> list[Tweet]:
    """The latest quotes of a tweet that its author may not see: across a block, or for few; without those
    that are held for review, which may never appear. One query.
    """
    seen = Tweet.objects.visible_to(tweet.author).filter(pk=OuterRef("pk"))
    return list(
        Tweet.objects.filter(~Exists(seen), quote_of=tweet, held_at__isnull=True).order_by("-id")[:most]
    )


def images_of(tweet: Tweet) -> list[Attachment]:
    """The tweet's pictures in order."""
    rows = TweetImage.objects.filter(tweet=tweet).select_related("attachment").order_by("position")
    return [row.attachment for row in rows]


def mutes_thread(person: User, tweet: Tweet) -> bool:
    """Whether the person does not want to hear of this tweet's conversation."""
    return ThreadMute.objects.filter(person=person, conversation_id=tweet.conversation_id).exists()


def _seen(viewer_id: int | None, tweet_id: int) -> TweetQuerySet:
    viewer = AnonymousUser() if viewer_id is None else cast(User, SimpleNamespace(pk=viewer_id))
    return Tweet.objects.visible_to(viewer).select_related("author").filter(pk=tweet_id)


_SEEN = Prepared(_seen)  # most of what is done with a tweet begins here
# And every tweet that is posted is looked at several times.
_POSTED = Prepared(lambda tweet_id: Tweet.objects.select_related("author").filter(pk=tweet_id))
_TAGS = Prepared(
    lambda tweet_id: Hashtag.objects.filter(tweethashtag__tweet=tweet_id).order_by("id").values_list("name")
)
_NAMED = Prepared(lambda tweet_id: Mention.objects.filter(tweet=tweet_id).values_list("person_id"))
