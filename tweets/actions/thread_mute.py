"""Not hearing of a thread any more."""

from accounts.models import User
from common.errors import NotFound
from tweets.models import ThreadMute, Tweet
from tweets.policies import may_react


def mute_thread(person: User, tweet: Tweet) -> None:
    """No notification comes from this tweet's thread; twice is harmless. Raises NotFound."""
    tweet = tweet.retweet_of or tweet
    if not may_react(person, tweet):
        raise NotFound("This tweet does not exist, or you may not see it.")
    ThreadMute.objects.get_or_create(person=person, conversation_id=tweet.conversation_id)


def unmute_thread(person: User, tweet: Tweet) -> None:
    """Hear of it again; twice is harmless."""
    tweet = tweet.retweet_of or tweet
    ThreadMute.objects.filter(person=person, conversation_id=tweet.conversation_id).delete()
