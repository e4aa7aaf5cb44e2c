"""What is said, and what was said before."""

from tweets.models.edit import TweetEdit
from tweets.models.feed_block import FeedBlock
from tweets.models.hashtag import Hashtag, TweetHashtag
from tweets.models.image import TweetImage
from tweets.models.mention import Mention
from tweets.models.posting_key import PostingKey
from tweets.models.tweet import Tweet, TweetQuerySet

__all__ = [
    "FeedBlock",
    "Hashtag",
    "Mention",
    "PostingKey",
    "Tweet",
    "TweetEdit",
    "TweetHashtag",
    "TweetImage",
    "TweetQuerySet",
]
