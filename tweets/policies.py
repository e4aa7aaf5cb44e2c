"""Who may say, answer, spread, change and remove what."""

from types import SimpleNamespace
from typing import cast

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from accounts.models import User
from accounts.policies import outranks
from accounts.roles import Permission, Staff
from common.prepared import Prepared
from relationships.models import Follow
from relationships.policies import may_message
from relationships.queries import Relation
from tweets.models import Mention, Tweet


def may_post(author: User) -> bool:
    """Active people of this server who confirmed their e-mail address."""
    return author.may_write


def rate_of(visibility: str, answered: str = "") -> str:
    """The pace limit that a new tweet counts for. An answer to a direct tweet (`answered`) is direct, too."""
    return "messages" if Tweet.Visibility.DIRECT in (visibility, answered) else "tweets"


def may_see(viewer: User, tweet: Tweet) -> bool:
    return bool(_SEEN.rows(viewer_id=viewer.pk, tweet_id=tweet.pk))


def may_react(user: User, tweet: Tweet) -> bool:
    """Like, bookmark, mute its thread: whoever writes here and sees it."""
    return user.may_write and may_see(user, tweet)


def may_reply(user: User, tweet: Tweet) -> bool:
    """The author and those it names always; others as the author chose for this tweet."""
    if not may_react(user, tweet):
        return False
    if tweet.author_id == user.pk or tweet.repliers == Tweet.Repliers.EVERYONE:
        return True
    if Mention.objects.filter(tweet=tweet, person=user).exists():
        return True
    if tweet.repliers == Tweet.Repliers.FOLLOWERS:
        return Follow.objects.filter(follower=user, followed_id=tweet.author_id).exists()
    if tweet.repliers == Tweet.Repliers.FOLLOWED:
        return Follow.objects.filter(follower_id=tweet.author_id, followed=user).exists()
    return False


def may_address(author: User, person: User, relation: Relation) -> bool:
    """Send a direct tweet: whoever may message that person, and who was written to by them before."""
    if may_message(person, relation):
        return True
    if not person.is_active or relation.blocks or relation.blocked_by:
        return False
    written = Mention.objects.filter(person=author, tweet__author=person)
    return written.filter(tweet__visibility=Tweet.Visibility.DIRECT).exists()


def may_retweet(user: User, tweet: Tweet) -> bool:
    """Open tweets only: a retweet must not carry words to people they were not meant for."""
    return tweet.is_open and may_react(user, tweet)


def may_quote(user: User, tweet: Tweet) -> bool:
    """Open tweets whose author lets them be quoted; one's own always."""
    if not may_retweet(user, tweet):
        return False
    if tweet.author_id == user.pk or tweet.quoters == Tweet.Quoters.EVERYONE:
        return True
    return (
        tweet.quoters == Tweet.Quoters.FOLLOWERS
        and Follow.objects.filter(follower=user, followed_id=tweet.author_id).exists()
    )


def may_detach_quote(user: User, quote: Tweet) -> bool:
    """Whose words are quoted may take them out of someone's quote at any time."""
    return user.is_active and quote.quote_of is not None and quote.quote_of.author_id == user.pk


def may_pin(user: User, tweet: Tweet) -> bool:
    """One's own words, as far as others may read them; no retweets and no messages."""
    return (
        tweet.author_id == user.pk
        and user.may_write
        and tweet.retweet_of_id is None
        and tweet.visibility != Tweet.Visibility.DIRECT
    )


def may_edit(user: User, tweet: Tweet) -> bool:
    return tweet.author_id == user.id and user.may_write and tweet.retweet_of_id is None


def may_delete(user: User, tweet: Tweet) -> bool:
    """One's own, even before the address is confirmed: nobody is kept from taking words back."""
    return tweet.author_id == user.id and user.is_active


def may_hide(staff: Staff, tweet: Tweet) -> bool:
    return staff.may(Permission.HIDE_TWEETS)


def may_hold(staff: Staff, tweet: Tweet) -> bool:
    """Words of people of a lower role, but no messages: whoever got one reports it."""
    is_held_back = tweet.retweet_of_id is None and tweet.visibility != Tweet.Visibility.DIRECT
    return is_held_back and may_hide(staff, tweet) and outranks(staff, tweet.author)


def may_hide_tags(staff: User) -> bool:
    return staff.may(Permission.DECIDE_TRENDS)


def _seen(viewer_id: int | None, tweet_id: int) -> QuerySet[Tweet, tuple[object, ...]]:
    viewer = AnonymousUser() if viewer_id is None else cast(User, SimpleNamespace(pk=viewer_id))
    return Tweet.objects.visible_to(viewer).filter(pk=tweet_id).values_list("pk")


_SEEN = Prepared(_seen)  # every deed asks
