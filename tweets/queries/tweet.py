"""Finding one tweet or one tag."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef

from accounts.models import User
from attachments.models import Attachment
from common.errors import NotFound
from tweets.draft import PollDraft
from tweets.models import Poll, ThreadMute, Tweet, TweetImage


def tweet_for(viewer: User | AnonymousUser, tweet_id: int) -> Tweet:
    """The tweet with its author. Raises NotFound for what does not exist or may not be seen, alike."""
    tweet = Tweet.objects.visible_to(viewer).select_related("author").filter(pk=tweet_id).first()
    if tweet is None:
        raise NotFound("This tweet does not exist, or you may not see it.")
    return tweet


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
    """The latest quotes of a tweet that its author may not see: across a block, or for few. One query."""
    seen = Tweet.objects.visible_to(tweet.author).filter(pk=OuterRef("pk"))
    return list(Tweet.objects.filter(~Exists(seen), quote_of=tweet).order_by("-id")[:most])


def images_of(tweet: Tweet) -> list[Attachment]:
    """The tweet's pictures in order."""
    rows = TweetImage.objects.filter(tweet=tweet).select_related("attachment").order_by("position")
    return [row.attachment for row in rows]


def mutes_thread(person: User, tweet: Tweet) -> bool:
    """Whether the person does not want to hear of this tweet's conversation."""
    return ThreadMute.objects.filter(person=person, conversation_id=tweet.conversation_id).exists()
