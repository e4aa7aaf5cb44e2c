"""The index follows what happens. What is deleted takes its words along, by its foreign key."""

from events.catalogue import ProfileUpdated, TweetEdited, TweetPosted, TweetReleased, UserConfirmed
from search.actions import index_people, index_tweets


def index_tweet(event: TweetPosted | TweetEdited | TweetReleased) -> None:
    index_tweets([event.tweet_id])


def index_person(event: UserConfirmed | ProfileUpdated) -> None:
    index_people([event.user_id])
