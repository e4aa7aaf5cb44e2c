"""What people are told when something happened, and what is taken back when it is undone."""

from django.db.models import QuerySet

from accounts.models import User
from common.ids import id_at
from common.prepared import Prepared
from events.bus import outside_transaction, queue
from events.catalogue import (
    FollowRefused,
    FollowRequested,
    MessageDelivered,
    PollEnded,
    QuoteDetached,
    RetweetUndone,
    ScheduleMissed,
    TweetEdited,
    TweetLiked,
    TweetPosted,
    TweetReleased,
    TweetRetweeted,
    TweetUnliked,
    UserBlocked,
    UserFollowed,
    UserUnfollowed,
    WordFiltersChanged,
)
from notifications.actions import (
    OF_ACTOR,
    OF_TWEET,
    accept_people,
    dismiss,
    dismiss_between,
    let_in,
    notify_all,
    remind,
    silence_filtered,
)
from notifications.models import Notification
from relationships.models import Follow, FollowRequest
from tweets.models import Like, Poll, PollVote, ScheduledTweet, Tweet
from tweets.queries import named_in

Kind = Notification.Kind


@queue("fanout")
@outside_transaction  # a bell may ring for very many, who are told in batches
def tell_of_tweet(event: TweetPosted | TweetReleased) -> None:
    """Whom it answers, whom it quotes, whom it names, and who turned the author's bell on: in this order,
    because each is told once. Whom one writes to may write back.
    """
    tweet = _tweet(event.tweet_id)
    if tweet is None:
        return
    named = named_in(tweet.pk)
    addressed = {*named, *filter(None, [tweet.reply_to_author_id])}
    if tweet.author.is_local and addressed:
        accept_people(tweet.author, addressed)
    if not _tells(tweet):
        return
    if tweet.reply_to_author_id:
        notify_all([tweet.reply_to_author_id], Kind.REPLY, tweet.author, tweet)
    if tweet.quote_of is not None:
        notify_all([tweet.quote_of.author_id], Kind.QUOTE, tweet.author, tweet)
    notify_all(named, Kind.MENTION, tweet.author, tweet)
    if not tweet.is_reply:
        bells = _BELLS.rows(author_id=tweet.author_id)
        notify_all([follower_id for (follower_id,) in bells], Kind.TWEET, tweet.author, tweet)


def tell_newly_named(event: TweetEdited) -> None:
    """Who is named now hears of it, who is not any more does not."""
    tweet = _tweet(event.tweet_id)
    if tweet is None or not _tells(tweet):
        return
    named = named_in(tweet.pk)
    told = Notification.objects.filter(kind=Kind.MENTION, tweet=tweet).exclude(recipient_id__in=named)
    dismiss([Kind.MENTION], pk__in=list(told.values_list("pk", flat=True)))
    notify_all(named, Kind.MENTION, tweet.author, tweet)


def tell_of_message(event: MessageDelivered) -> None:
    """Apps tell of it as of a mention; pages do not, for Messages does."""
    tweet = _tweet(event.tweet_id)
    if tweet is not None:
        notify_all(event.reader_ids, Kind.DIRECT, tweet.author, tweet)


def tell_of_missed(event: ScheduleMissed) -> None:
    """Unless its author has dealt with it in the meantime."""
    rows = ScheduledTweet.objects.select_related("author", "tweet")
    row = rows.filter(pk=event.scheduled_id).first()
    if row is None:
        return
    if row.state == ScheduledTweet.State.FAILED:
        remind(row.author, Kind.UNSENT)
    elif row.tweet is not None:
        remind(row.author, Kind.LATE, row.tweet)


def tell_of_like(event: TweetLiked) -> None:
    for row in _LIKES.instances(Like, tweet_id=event.tweet_id, person_id=event.person_id):
        notify_all([row.tweet.author_id], Kind.LIKE, row.person, row.tweet)


@queue("fanout")
@outside_transaction  # very many may have voted
def tell_of_poll(event: PollEnded) -> None:
    """Author and voters hear that it has ended; of a poll that was asked anew, of its last end."""
    tweet = _tweet(event.tweet_id)
    poll = Poll.objects.filter(tweet=event.tweet_id).first()
    if tweet is None or poll is None or poll.closed_at is None:
        return
    dismiss([Kind.POLL], tweet_id=tweet.pk, id__lt=id_at(poll.closed_at))
    voters = PollVote.objects.filter(poll=poll).values_list("voter_id", flat=True)
    notify_all([tweet.author_id, *voters], Kind.POLL, tweet.author, tweet)


def take_back_like(event: TweetUnliked) -> None:
    """Unless it was liked again in the meantime."""
    if not Like.objects.filter(tweet_id=event.tweet_id, person_id=event.person_id).exists():
        dismiss([Kind.LIKE], tweet_id=event.tweet_id, actor_id=event.person_id)


def tell_of_retweet(event: TweetRetweeted) -> None:
    row = _tweet(event.retweet_id)
    if row is not None and row.retweet_of is not None:
        notify_all([row.retweet_of.author_id], Kind.RETWEET, row.author, row.retweet_of)


def take_back_retweet(event: RetweetUndone) -> None:
    """Unless it was spread again in the meantime."""
    if not Tweet.objects.filter(author_id=event.person_id, retweet_of_id=event.tweet_id).exists():
        dismiss([Kind.RETWEET], tweet_id=event.tweet_id, actor_id=event.person_id)


def take_back_quote(event: QuoteDetached) -> None:
    """It quotes them no more."""
    dismiss([Kind.QUOTE], tweet_id=event.tweet_id)


def let_in_followed(event: UserFollowed) -> None:
    """Whom one follows is heard, and what waited of them comes in."""
    let_in(event.follower_id, [event.followed_id])


def tell_of_follow(event: UserFollowed) -> None:
    dismiss([Kind.REQUEST], recipient_id=event.followed_id, actor_id=event.follower_id)
    row = Follow.objects.select_related("follower")
    follow = row.filter(follower_id=event.follower_id, followed_id=event.followed_id).first()
    if follow is not None:
        notify_all([event.followed_id], Kind.FOLLOW, follow.follower)


def take_back_follow(event: UserUnfollowed) -> None:
    """The follow, and what the bell told; unless they follow again."""
    if not Follow.objects.filter(follower_id=event.follower_id, followed_id=event.followed_id).exists():
        dismiss([Kind.FOLLOW], recipient_id=event.followed_id, actor_id=event.follower_id)
        dismiss([Kind.TWEET], recipient_id=event.follower_id, actor_id=event.followed_id)


def tell_of_request(event: FollowRequested) -> None:
    row = FollowRequest.objects.select_related("follower")
    request = row.filter(follower_id=event.follower_id, followed_id=event.followed_id).first()
    if request is not None:
        notify_all([event.followed_id], Kind.REQUEST, request.follower)


def take_back_request(event: FollowRefused) -> None:
    dismiss([Kind.REQUEST], recipient_id=event.followed_id, actor_id=event.follower_id)


def forget_each_other(event: UserBlocked) -> None:
    dismiss_between(event.blocker_id, event.blocked_id)


def silence_what_is_filtered(event: WordFiltersChanged) -> None:
    owner = User.objects.filter(pk=event.owner_id).first()
    if owner is not None:
        silence_filtered(owner)


def _tweet(tweet_id: int) -> Tweet | None:
    found = _THERE.instances(Tweet, tweet_id=tweet_id)
    return found[0] if found else None


def _tells(tweet: Tweet) -> bool:
    """Direct tweets tell of themselves, in Messages."""
    return tweet.visibility != Tweet.Visibility.DIRECT


def _there(tweet_id: int) -> QuerySet[Tweet]:
    rows = Tweet.objects.select_related("author", "retweet_of", "quote_of")
    return rows.counted().filter(pk=tweet_id, author__state=User.State.ACTIVE)


def _bells(author_id: int) -> QuerySet[Follow, tuple[int, ...]]:
    return Follow.objects.filter(followed_id=author_id, notifies=True).values_list("follower_id")


def _likes(tweet_id: int, person_id: int) -> QuerySet[Like]:
    rows = Like.objects.select_related("person", "tweet").filter(tweet_id=tweet_id, person_id=person_id)
    return rows.only(*(f"person__{name}" for name in OF_ACTOR), *(f"tweet__{name}" for name in OF_TWEET))


_THERE, _BELLS, _LIKES = Prepared(_there), Prepared(_bells), Prepared(_likes)  # what everybody does most
