"""Everything that can happen, in one list. Events hold ids and plain values only.

Being plain they travel to a worker as JSON, and anyone may import them without knowing anyone else.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Event:
    """The common kind of all events."""

    @property
    def pause_seconds(self) -> float:  # how long others are not told of it
        return 0


@dataclass(frozen=True, slots=True)
class UserRegistered(Event):
    user_id: int


@dataclass(frozen=True, slots=True)
class UserConfirmed(Event):
    """The person proved that the e-mail address is theirs."""

    user_id: int


@dataclass(frozen=True, slots=True)
class JoinApproved(Event):
    """Staff let in somebody who asked to join."""

    user_id: int


@dataclass(frozen=True, slots=True)
class JoinRefused(Event):
    """Staff turned somebody away, of whom nothing is left but this."""

    email: str
    shown_name: str
    reason: str


@dataclass(frozen=True, slots=True)
class JoinersWait(Event):
    """People asked to join since staff were told last; this one of staff may decide."""

    staff_id: int
    number: int


@dataclass(frozen=True, slots=True)
class PasswordChanged(Event):
    user_id: int


@dataclass(frozen=True, slots=True)
class SecondStepChanged(Event):
    """How the person signs in beside the password: app_added, app_removed, passkey_added, passkey_removed,
    codes_made, code_used, ended_by_staff.
    """

    user_id: int
    what: str


@dataclass(frozen=True, slots=True)
class AccessEnded(Event):
    """An app's token is dead; it acted for this person, or for nobody (None)."""

    token_id: int
    user_id: int | None


@dataclass(frozen=True, slots=True)
class ProfileUpdated(Event):
    user_id: int


@dataclass(frozen=True, slots=True)
class ProfilePicturesReplaced(Event):
    """These stored files no longer show anyone."""

    user_id: int
    names: list[str]


@dataclass(frozen=True, slots=True)
class AccountUnlocked(Event):
    """Followers of this person are no longer asked for, they just follow."""

    user_id: int


@dataclass(frozen=True, slots=True)
class UserSuspended(Event):
    user_id: int


@dataclass(frozen=True, slots=True)
class UserRestored(Event):
    user_id: int


@dataclass(frozen=True, slots=True)
class UserLimited(Event):
    """Staff have the person offered to nobody who does not follow them."""

    user_id: int


@dataclass(frozen=True, slots=True)
class UserUnlimited(Event):
    user_id: int


@dataclass(frozen=True, slots=True)
class ReportFiled(Event):
    """A new one, or something was added to one that waits."""

    report_id: int


@dataclass(frozen=True, slots=True)
class AutomaticRuleStarted(Event):
    """From now on tweets are looked at."""

    rule_id: int


@dataclass(frozen=True, slots=True)
class AutomaticRuleStopped(Event):
    rule_id: int


@dataclass(frozen=True, slots=True)
class RehearsalWanted(Event):
    """A rule is to be tried on what was said lately, from where it has come to."""

    rehearsal_id: int


@dataclass(frozen=True, slots=True)
class MeasureTaken(Event):
    measure_id: int


@dataclass(frozen=True, slots=True)
class MeasureLifted(Event):
    measure_id: int


@dataclass(frozen=True, slots=True)
class AppealMade(Event):
    measure_id: int


@dataclass(frozen=True, slots=True)
class AppealRefused(Event):
    """The measure stays."""

    measure_id: int


@dataclass(frozen=True, slots=True)
class UserLeft(Event):
    """The person asked to be deleted, and is out of sight."""

    user_id: int


@dataclass(frozen=True, slots=True)
class UserReturned(Event):
    """The person thought better of it in time."""

    user_id: int


@dataclass(frozen=True, slots=True)
class UserDeleted(Event):
    """Everything is gone but the name."""

    user_id: int


@dataclass(frozen=True, slots=True)
class ImageUploaded(Event):
    attachment_id: int


@dataclass(frozen=True, slots=True)
class ImagesDiscarded(Event):
    """The rows are gone; these files are to follow."""

    names: list[str]


@dataclass(frozen=True, slots=True)
class PicturesLeft(Event):
    """Of somebody who went out of sight, or came back, these and all older ones are still to follow."""

    user_id: int
    before_id: int


@dataclass(frozen=True, slots=True)
class LinkNoted(Event):
    """The page behind a link card is to be asked for, after so many seconds."""

    card_id: int
    wait_seconds: float = 0

    @property
    def pause_seconds(self) -> float:
        return self.wait_seconds


@dataclass(frozen=True, slots=True)
class TweetPosted(Event):
    tweet_id: int
    author_id: int
    undo_seconds: float = 0  # in which its author may take it back before anybody is told

    @property
    def pause_seconds(self) -> float:
        return self.undo_seconds


@dataclass(frozen=True, slots=True)
class DirectTweetPosted(TweetPosted):
    """Beside TweetPosted, of what only those may read whom it names."""


@dataclass(frozen=True, slots=True)
class LinkPosted(TweetPosted):
    """Beside TweetPosted, of what links to a page."""


@dataclass(frozen=True, slots=True)
class ScheduleMissed(Event):
    scheduled_id: int  # posted late, or not at all: the row says which


@dataclass(frozen=True, slots=True)
class TweetEdited(Event):
    tweet_id: int
    author_id: int


@dataclass(frozen=True, slots=True)
class TweetDeleted(Event):
    """With what cannot be looked up any more: who could read it."""

    tweet_id: int
    author_id: int
    visibility: str = ""
    named_ids: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class TweetHidden(Event):
    """Staff took the tweet out of everyone's sight."""

    tweet_id: int
    staff_id: int


@dataclass(frozen=True, slots=True)
class TweetRestored(Event):
    tweet_id: int
    staff_id: int


@dataclass(frozen=True, slots=True)
class TweetHeld(Event):
    """Nobody but its author sees it until staff looked at it."""

    tweet_id: int
    author_id: int


@dataclass(frozen=True, slots=True)
class TweetReleased(Event):
    """It was held, and appears now for everybody it is for."""

    tweet_id: int
    author_id: int


@dataclass(frozen=True, slots=True)
class TagHidden(Event):
    """Staff took the tag out of trends and suggestions."""

    tag_id: int
    staff_id: int


@dataclass(frozen=True, slots=True)
class TagShown(Event):
    tag_id: int
    staff_id: int


@dataclass(frozen=True, slots=True)
class TrendApproved(Event):
    """Staff looked at the tag and let it stand among the trends, now and whenever it trends again."""

    tag_id: int
    staff_id: int


@dataclass(frozen=True, slots=True)
class UserFollowed(Event):
    follower_id: int
    followed_id: int


@dataclass(frozen=True, slots=True)
class UserUnfollowed(Event):
    follower_id: int
    followed_id: int


@dataclass(frozen=True, slots=True)
class FollowChanged(Event):
    """The follower wants their retweets or some languages from now on, or does not any more."""

    follower_id: int
    followed_id: int


@dataclass(frozen=True, slots=True)
class FollowRequested(Event):
    """Somebody asks to follow a locked account."""

    follower_id: int
    followed_id: int


@dataclass(frozen=True, slots=True)
class FollowRefused(Event):
    follower_id: int
    followed_id: int


@dataclass(frozen=True, slots=True)
class UserBlocked(Event):
    blocker_id: int
    blocked_id: int


@dataclass(frozen=True, slots=True)
class UserUnblocked(Event):
    blocker_id: int
    blocked_id: int


@dataclass(frozen=True, slots=True)
class UserMuted(Event):
    muter_id: int
    muted_id: int


@dataclass(frozen=True, slots=True)
class UserUnmuted(Event):
    muter_id: int
    muted_id: int


@dataclass(frozen=True, slots=True)
class MessageDelivered(Event):
    """These people find the direct tweet among their conversations; for others it is a request."""

    tweet_id: int
    reader_ids: list[int]


@dataclass(frozen=True, slots=True)
class PushWanted(Event):
    """An app wants to be told of this notification while it is closed."""

    subscription_id: int
    notification_id: int


@dataclass(frozen=True, slots=True)
class WordFiltersChanged(Event):
    owner_id: int


@dataclass(frozen=True, slots=True)
class TweetLiked(Event):
    tweet_id: int
    person_id: int


@dataclass(frozen=True, slots=True)
class TweetUnliked(Event):
    tweet_id: int
    person_id: int


@dataclass(frozen=True, slots=True)
class PollVoted(Event):
    tweet_id: int
    voter_id: int


@dataclass(frozen=True, slots=True)
class PollEnded(Event):
    """Its time is over; published once for each end, which editing may put off."""

    tweet_id: int


@dataclass(frozen=True, slots=True)
class TweetRetweeted(Event):
    """`retweet_id` is the new row, `tweet_id` the tweet it spreads."""

    retweet_id: int
    tweet_id: int
    person_id: int


@dataclass(frozen=True, slots=True)
class RetweetUndone(Event):
    retweet_id: int
    tweet_id: int
    person_id: int


@dataclass(frozen=True, slots=True)
class QuoteDetached(Event):
    """The quoted author took their words out of the quote `tweet_id`."""

    tweet_id: int
    quoted_id: int


@dataclass(frozen=True, slots=True)
class ListCreated(Event):
    list_id: int
    owner_id: int


@dataclass(frozen=True, slots=True)
class ListChanged(Event):
    """`changes_home` when from now on home leaves its people out, or no longer does."""

    list_id: int
    owner_id: int
    changes_home: bool


@dataclass(frozen=True, slots=True)
class ListDeleted(Event):
    list_id: int
    owner_id: int
    changes_home: bool


@dataclass(frozen=True, slots=True)
class PersonListed(Event):
    """The owner put somebody on a list; `changes_home` when it is one that home leaves out."""

    list_id: int
    owner_id: int
    person_id: int
    changes_home: bool


@dataclass(frozen=True, slots=True)
class PersonUnlisted(Event):
    list_id: int
    owner_id: int
    person_id: int
    changes_home: bool


@dataclass(frozen=True, slots=True)
class TagFollowed(Event):
    follower_id: int
    hashtag_id: int


@dataclass(frozen=True, slots=True)
class TagUnfollowed(Event):
    follower_id: int
    hashtag_id: int


@dataclass(frozen=True, slots=True)
class ExportAsked(Event):
    export_id: int
    owner_id: int


# Who or what every page offers beside what it shows: people who are around, trends. See common/revision.
CHANGING_WHAT_IS_OFFERED = (
    AccountUnlocked,
    MeasureLifted,
    MeasureTaken,
    ProfilePicturesReplaced,
    ProfileUpdated,
    TagHidden,
    TagShown,
    TrendApproved,
    UserConfirmed,
    UserDeleted,
    UserLeft,
    UserLimited,
    UserRestored,
    UserReturned,
    UserSuspended,
    UserUnlimited,
)
