"""Telling staff of somebody, and what staff do with that."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.actions import lock_people
from accounts.models import User
from accounts.policies import refusal
from accounts.texts import tidy_text
from attachments.models import Attachment
from audit.actions import Subject, record
from audit.deeds import Deed
from audit.models import AuditEntry
from common.errors import Invalid, NotAllowed
from common.ids import id_at
from events.bus import publish
from events.catalogue import ReportFiled
from moderation.models import AutomaticRule, Report, ReportedTweet, ReportNote
from moderation.policies import may_handle, may_handle_report, may_report
from server.models import Rule
from tweets.models import Poll, Tweet

_A_MOMENT = timedelta(minutes=1)


def file_report(
    reporter: User,
    target: User,
    *,
    category: str,
    tweet_ids: Iterable[int] = (),
    rule_ids: Iterable[int] = (),
    comment: str = "",
) -> Report:
    """Tell staff of the person and of some of their tweets, which are kept as they are now.

    While an earlier report by the same reporter waits, what is new is added to that one. Tweets that the
    reporter may not see or that are not the person's are left out, without a word. Raises NotAllowed for
    oneself and before the address is confirmed, Invalid for an unknown category, a rule that does not hold,
    or a comment beyond REPORT_COMMENT_MAX_LENGTH characters.
    """
    if not may_report(reporter, target):
        raise NotAllowed(_why_not(reporter, target))
    rules = _rules(category, rule_ids)
    comment = tidy_text(comment)
    if len(comment) > settings.REPORT_COMMENT_MAX_LENGTH:
        raise Invalid(f"Use at most {settings.REPORT_COMMENT_MAX_LENGTH} characters.", "comment")
    tweets = _reportable(reporter, target, list(tweet_ids))
    try:
        return _write(reporter, target, category, tweets, rules, comment)
    except IntegrityError:  # the same form arrived twice at the same moment: the other one was faster
        return _write(reporter, target, category, tweets, rules, comment)


def _why_not(reporter: User, target: User) -> str:
    if reporter == target:
        return "You cannot report yourself."
    return refusal(reporter, "report people") if not reporter.may_write else "There is nobody to report."


def _rules(category: str, rule_ids: Iterable[int]) -> list[Rule]:
    if category not in Report.Category.values:
        raise Invalid("Choose what is wrong.", "category")
    wanted = set(rule_ids)
    if category != Report.Category.VIOLATION or not wanted:
        return []
    rules = list(Rule.objects.in_force().filter(pk__in=wanted))
    if len(rules) != len(wanted):
        raise Invalid("This rule does not hold any more. Choose another.", "rules")
    return rules


def _reportable(reporter: User, target: User, ids: Sequence[int]) -> list[Tweet]:
    """Of these tweets those of the person that the reporter may see, as many as one report names."""
    wanted = [an_id for an_id in dict.fromkeys(ids) if 0 < an_id < 2**63]
    seen = Tweet.objects.visible_to(reporter).filter(author=target, pk__in=wanted, retweet_of__isnull=True)
    return list(seen.order_by("-id")[: settings.REPORT_TWEETS_MAX])


@transaction.atomic
def report_by_rule(rule: AutomaticRule, tweet: Tweet, comment: str) -> Report:
    """A live rule tells of a tweet; the caller decided that it may. While an earlier report by the same rule
    about the same person waits, the tweet is added to that one.
    """
    target = tweet.author
    lock_people(target.pk)  # two workers may tell at once
    report = Report.objects.waiting().filter(automatic_rule=rule, target=target).first()
    if report is None:
        spam = Report.Category.SPAM
        report = Report.objects.create(automatic_rule=rule, target=target, category=spam, comment=comment)
    _keep(report, [tweet])
    publish(ReportFiled(report.pk))
    return report


@transaction.atomic
def _write(
    reporter: User, target: User, category: str, tweets: list[Tweet], rules: list[Rule], comment: str
) -> Report:
    report = Report.objects.waiting().select_for_update().filter(reporter=reporter, target=target).first()
    if report is None:
        report = Report.objects.create(reporter=reporter, target=target, category=category, comment=comment)
    else:
        report.category = category
        if comment and comment not in report.comment:
            most = 5 * settings.REPORT_COMMENT_MAX_LENGTH
            report.comment = f"{report.comment}\n\n{comment}".strip()[:most]
        report.save(update_fields=["category", "comment"])
    report.rules.add(*rules)
    _keep(report, tweets)
    publish(ReportFiled(report.pk))
    return report


def _keep(report: Report, tweets: list[Tweet]) -> None:
    known = set(report.tweets.values_list("tweet_id", flat=True))
    new = [tweet for tweet in tweets if tweet.pk not in known][: settings.REPORT_TWEETS_MAX - len(known)]
    ids = [tweet.pk for tweet in new]
    choices = dict(Poll.objects.filter(pk__in=ids).values_list("pk", "choices"))
    pictures: dict[int, list[str]] = {}
    shown = Attachment.objects.filter(shown_in__tweet__in=ids).order_by("shown_in__position")
    for tweet_id, description in shown.values_list("shown_in__tweet_id", "description"):
        pictures.setdefault(tweet_id, []).append(description)
    ReportedTweet.objects.bulk_create(
        ReportedTweet(
            report=report,
            tweet_id=tweet.pk,
            text=tweet.text,
            warning=tweet.warning,
            visibility=tweet.visibility,
            revision=tweet.revision,
            choices=choices.get(tweet.pk, []),
            pictures=pictures.get(tweet.pk, []),
        )
        for tweet in new
    )


@transaction.atomic
def assign_report(
    staff: User, report: Report, assignee: User | None, undoes: AuditEntry | None = None
) -> None:
    """Somebody of staff looks after it, or nobody (None). Twice is harmless. Raises NotAllowed."""
    _check(staff, report)
    if assignee is not None and not may_handle_report(assignee, report):
        raise NotAllowed("This person does not handle this report.")
    current = Report.objects.select_for_update(of=("self",)).select_related("assigned_to").get(pk=report.pk)
    before = current.assigned_to
    if before != assignee:
        Report.objects.filter(pk=report.pk).update(assigned_to=assignee)
        change = _assigned(before), _assigned(assignee)
        record(staff, Deed.ASSIGN_REPORT, _subject(report), *change, undoes=undoes)
    report.assigned_to = assignee


@transaction.atomic
def note_report(staff: User, report: Report, text: str) -> ReportNote:
    """Tell the others of staff something. The same words once more within a minute are the same note: a form
    was sent twice. Raises NotAllowed, and Invalid for nothing or far too much.
    """
    _check(staff, report)
    text = tidy_text(text)
    if not text or len(text) > settings.REASON_MAX_LENGTH:
        raise Invalid(f"Write a note of at most {settings.REASON_MAX_LENGTH} characters.", "text")
    Report.objects.select_for_update(no_key=True).get(pk=report.pk)  # both may arrive at once
    just_now = id_at(timezone.now() - _A_MOMENT)
    note = ReportNote.objects.filter(report=report, author=staff, text=text, id__gt=just_now).first()
    if note is not None:
        return note
    note = ReportNote.objects.create(report=report, author=staff, text=text)
    record(staff, Deed.NOTE_REPORT, _subject(report), {}, {"note": text})
    return note


@transaction.atomic
def close_report(staff: User, report: Report, undoes: AuditEntry | None = None) -> bool:
    """There is nothing more to do about it; twice is harmless. Returns whether it waited.

    Raises NotAllowed.
    """
    _check(staff, report)
    closing = {"closed_at": timezone.now(), "closed_by": staff}
    has_waited = Report.objects.waiting().filter(pk=report.pk).update(**closing) > 0
    if has_waited:
        change = {"open": True}, {"open": False}
        record(staff, Deed.CLOSE_REPORT, _subject(report), *change, undoes=undoes)
    report.refresh_from_db(fields=["closed_at", "closed_by"])
    return has_waited


def open_report(staff: User, report: Report, undoes: AuditEntry | None = None) -> None:
    """Look at it once more; twice is harmless. Raises NotAllowed, and Invalid while a newer one by the same
    reporter waits.
    """
    _check(staff, report)
    try:
        with transaction.atomic():
            closed = Report.objects.filter(pk=report.pk, closed_at__isnull=False)
            if closed.update(closed_at=None, closed_by=None):
                change = {"open": False}, {"open": True}
                record(staff, Deed.OPEN_REPORT, _subject(report), *change, undoes=undoes)
    except IntegrityError:
        raise Invalid("A newer report by the same person waits already. Look at that one.") from None
    report.refresh_from_db(fields=["closed_at", "closed_by"])


def _assigned(person: User | None) -> dict[str, str]:
    return {"assigned to": person.handle if person else ""}


def _subject(report: Report) -> Subject:
    name = f"the report about {report.target.handle}"
    return Subject("report", report.pk, name, person_id=report.target_id)


def _check(staff: User, report: Report) -> None:
    if not may_handle(staff):
        raise NotAllowed("Only staff handle reports.")
    if not may_handle_report(staff, report):
        raise NotAllowed("Somebody else of staff handles a report about you.")
