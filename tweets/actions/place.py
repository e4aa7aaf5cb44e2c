"""Where a new tweet belongs: what it answers, what it quotes, and who may read it."""

from collections.abc import Sequence
from dataclasses import dataclass

from accounts.models import User
from common.errors import Invalid, NotAllowed
from tweets.actions.addressees import find_addressees
from tweets.draft import TweetDraft
from tweets.models import Tweet
from tweets.policies import may_quote, may_reply

# From the widest to the narrowest: an answer is never wider than what it answers.
_WIDTHS = [
    Tweet.Visibility.PUBLIC,
    Tweet.Visibility.QUIET,
    Tweet.Visibility.FOLLOWERS,
    Tweet.Visibility.DIRECT,
]


@dataclass(frozen=True, slots=True)
class Place:
    """`readers` are ids of people who get to read it: of a direct tweet all, of others beside those whom
    its text names.
    """

    parent: Tweet | None
    quoted: Tweet | None
    visibility: str
    readers: frozenset[int]


def find_place(author: User, draft: TweetDraft, names: Sequence[str]) -> Place:
    """`names` are those in the text. Raises Invalid for a parent or quote that is gone and for a message
    to nobody, NotAllowed where the author may not speak.
    """
    visibility = _known(draft.visibility)
    parent = _find(author, draft.reply_to_id, "The tweet you answer was deleted, or you may not see it.")
    quoted = _find(author, draft.quote_of_id, "The tweet you quote was deleted, or you may not see it.")
    if parent is not None:
        if not may_reply(author, parent):
            raise NotAllowed("Its author chose who may reply to this tweet, and you are not among them.")
        visibility = max(visibility, _known(parent.visibility), key=_WIDTHS.index)
    if quoted is not None and not may_quote(author, quoted):
        raise NotAllowed("Its author does not want this tweet to be quoted.")
    readers: frozenset[int] = frozenset()
    if visibility == Tweet.Visibility.DIRECT:
        readers = find_addressees(author, draft, parent, names)
    elif parent is not None and not parent.is_open and parent.author_id != author.pk:
        readers = frozenset([parent.author_id])  # an answer to few reaches those few
    return Place(parent, quoted, visibility, readers)


def put_in_place(tweet: Tweet, draft: TweetDraft, place: Place) -> None:
    """Write the place into the new row."""
    tweet.visibility = place.visibility
    tweet.repliers = _one_of(Tweet.Repliers, draft.repliers)
    tweet.quoters = _one_of(Tweet.Quoters, draft.quoters)
    tweet.conversation_id = tweet.id
    if place.parent is not None:
        tweet.is_reply = True
        tweet.reply_to = place.parent
        tweet.reply_to_author_id = place.parent.author_id
        tweet.conversation_id = place.parent.conversation_id
    if place.quoted is not None:
        tweet.is_quote, tweet.quote_of = True, place.quoted


def _find(author: User, tweet_id: int | None, sentence: str) -> Tweet | None:
    if tweet_id is None:
        return None
    tweet = Tweet.objects.visible_to(author).select_related("retweet_of").filter(pk=tweet_id).first()
    if tweet is None:
        raise Invalid(sentence)
    return tweet.retweet_of or tweet


def _known(visibility: str) -> Tweet.Visibility:
    return Tweet.Visibility(_one_of(Tweet.Visibility, visibility))


def _one_of(choices: type[Tweet.Visibility] | type[Tweet.Repliers] | type[Tweet.Quoters], value: str) -> str:
    if value not in choices.values:
        raise Invalid("This form is damaged. Reload the page and send again.")
    return value
