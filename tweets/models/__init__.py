"""What is said, what was said before, and what readers do with it."""

from tweets.models.bookmark import Bookmark
from tweets.models.edit import TweetEdit
from tweets.models.featured_tag import FeaturedTag
from tweets.models.feed_block import FeedBlock
from tweets.models.filtered import FilteredTweet
from tweets.models.hashtag import Hashtag, TweetHashtag
from tweets.models.image import TweetImage
from tweets.models.like import Like
from tweets.models.poll import Poll, PollVote
from tweets.models.posting_key import PostingKey
from tweets.models.saved_draft import SavedDraft
from tweets.models.scheduled import ScheduledTweet
from tweets.models.thread_mute import ThreadMute
from tweets.models.tweet import Mention, Tweet, TweetQuerySet

__all__ = [
    "Bookmark",
    "FeaturedTag",
    "FeedBlock",
    "FilteredTweet",
    "Hashtag",
    "Like",
    "Mention",
    "Poll",
    "PollVote",
    "PostingKey",
    "SavedDraft",
    "ScheduledTweet",
    "ThreadMute",
    "Tweet",
    "TweetEdit",
    "TweetHashtag",
    "TweetImage",
    "TweetQuerySet",
]
