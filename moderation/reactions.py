"""What follows a measure, and rules at work. Each may run twice and may find nothing."""

from events.bus import outside_transaction, queue
from events.catalogue import (
    AppealRefused,
    AutomaticRuleStarted,
    AutomaticRuleStopped,
    JoinersWait,
    MeasureLifted,
    MeasureTaken,
    RehearsalWanted,
    ReportFiled,
    TweetEdited,
    TweetPosted,
    UserRestored,
)
from moderation.actions import apply_rules, fill_said_texts, go_on_rehearsing, note_restored
from moderation.actions import keep_pictures as keep_pictures_of
from moderation.automatic import live
from moderation.mails import tell_of, tell_of_joiners


@outside_transaction
def keep_pictures(event: ReportFiled) -> None:
    """Before their author takes them away."""
    keep_pictures_of(event.report_id)


@outside_transaction
def tell_of_measure(event: MeasureTaken) -> None:
    tell_of(event.measure_id, "measure")


@outside_transaction
def tell_of_lifting(event: MeasureLifted) -> None:
    tell_of(event.measure_id, "lifted")


@outside_transaction
def tell_of_refusal(event: AppealRefused) -> None:
    tell_of(event.measure_id, "refused")


@outside_transaction
def tell_who_waits(event: JoinersWait) -> None:
    tell_of_joiners(event.staff_id, event.number)


def lift_suspensions(event: UserRestored) -> None:
    """Whoever was let in again by another way than their measure is not under it any more."""
    note_restored(event.user_id)


def look_at_tweet(event: TweetPosted | TweetEdited) -> None:
    """Live rules look at it before others are told."""
    apply_rules(event.tweet_id)


def ask_for_rules(event: AutomaticRuleStarted | AutomaticRuleStopped) -> None:
    """Whether any is live, from the next tweet on; other processes hear of it within seconds."""
    live.ask_anew()


@queue("chores")
@outside_transaction  # in batches
def look_back(event: AutomaticRuleStarted) -> None:
    """The rule knows what was repeated before it began."""
    fill_said_texts(event.rule_id)


@queue("chores")
@outside_transaction  # in batches
def rehearse(event: RehearsalWanted) -> None:
    go_on_rehearsing(event.rehearsal_id)
