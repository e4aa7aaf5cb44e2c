"""What can be asked of tweets, one file per page."""

from tweets.queries.addressees import barrier_to
from tweets.queries.as_draft import as_draft
from tweets.queries.context import context_of
from tweets.queries.drafts import (
    draft_for,
    drafts_of,
    pictures_of,
    scheduled_for,
    scheduled_of,
    unfinished_draft,
)
from tweets.queries.featured_tags import Featured, featured_among, featured_of, tags_of
from tweets.queries.feed import FeedPage, numbered_feed_page, tweets_count
from tweets.queries.filtered import filtered_tweet_for, filtered_tweets_in, filters_holding
from tweets.queries.history import Version, history_of
from tweets.queries.languages import ids_in_languages, languages_of
from tweets.queries.linked import linked_ids
from tweets.queries.pages import Public, Said, Tagged, public_ids, said_ids, tagged_ids
from tweets.queries.people import KeptPage, kept_by, likers_of, retweeters_of
from tweets.queries.readers import alike_readers, readers_of
from tweets.queries.shown import ShownImage, Viewer, seen_tweets, shown_images
from tweets.queries.tags import tags_beginning, tags_in_use, tags_said_lately
from tweets.queries.thread import Branch, Cursor, Thread, thread_of
from tweets.queries.tweet import (
    images_of,
    mutes_thread,
    named_in,
    original_for,
    poll_of,
    posted,
    quote_for,
    tag_names_of,
    tweet_for,
    unseen_quotes_of,
)

__all__ = [
    "Branch",
    "Cursor",
    "Featured",
    "FeedPage",
    "KeptPage",
    "Public",
    "Said",
    "ShownImage",
    "Tagged",
    "Thread",
    "Version",
    "Viewer",
    "alike_readers",
    "as_draft",
    "barrier_to",
    "context_of",
    "draft_for",
    "drafts_of",
    "featured_among",
    "featured_of",
    "filtered_tweet_for",
    "filtered_tweets_in",
    "filters_holding",
    "history_of",
    "ids_in_languages",
    "images_of",
    "kept_by",
    "languages_of",
    "likers_of",
    "linked_ids",
    "mutes_thread",
    "named_in",
    "numbered_feed_page",
    "original_for",
    "pictures_of",
    "poll_of",
    "posted",
    "public_ids",
    "quote_for",
    "readers_of",
    "retweeters_of",
    "said_ids",
    "scheduled_for",
    "scheduled_of",
    "seen_tweets",
    "shown_images",
    "tag_names_of",
    "tagged_ids",
    "tags_beginning",
    "tags_in_use",
    "tags_of",
    "tags_said_lately",
    "thread_of",
    "tweet_for",
    "tweets_count",
    "unfinished_draft",
    "unseen_quotes_of",
]
