"""What staff ask about reports, measures and people; and what somebody asks about measures against them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db.models import Count, Exists, F, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce, TruncDate

from accounts.models import User
from accounts.roles import PERMISSIONS, Permission, Role
from audit.models import AuditEntry
from audit.queries import entries_about
from common.errors import NotFound
from common.ids import id_at
from joining.queries import waiting
from moderation.models import KeptPicture, Measure, Report, ReportedTweet, ReportNote
from moderation.policies import may_handle_report
from moderation.queries.automatic import held_tweets
from tweets.models import Tweet

WAITING, MINE, CLOSED = "waiting", "mine", "closed"
_DAY_MILLISECONDS = 24 * 3600 * 1000
_HISTORY = 20  # rows of each kind on the page of a person


@dataclass(frozen=True, slots=True)
class Told:
    """A reported tweet as it was, and what became of it since: gone, taken down, held for review, edited, or
    nothing ("").
    """

    tweet: ReportedTweet
    since: str

    @property
    def can_be_taken_down(self) -> bool:
        return self.since not in ("gone", "taken down")


@dataclass(frozen=True, slots=True)
class Past:
    """What staff know of somebody, the latest first."""

    measures: list[Measure]
    reports: list[Report]
    entries: list[AuditEntry]


def queue(staff: User, which: str) -> QuerySet[Report]:
    """Reports that wait, those that wait for this member of staff, or those that are closed; for pages by id,
    each with its people, its number of tweets and how many wait about the same person.
    """
    others = Report.objects.waiting().filter(target=OuterRef("target")).order_by().values("target")
    number = Subquery(others.annotate(number=Count("pk")).values("number"))
    rows = _for_them(
        staff, Report.objects.select_related("reporter", "automatic_rule", "target", "assigned_to")
    )
    rows = rows.prefetch_related("rules")
    rows = rows.annotate(tweets_count=Count("tweets"), waiting_count=Coalesce(number, 0)).order_by("-id")
    if which == CLOSED:
        return rows.filter(closed_at__isnull=False)
    rows = rows.filter(closed_at__isnull=True)
    return rows.filter(assigned_to=staff) if which == MINE else rows


def _for_them(staff: User, rows: QuerySet[Report]) -> QuerySet[Report]:
    """As `may_handle_report` says it of one."""
    return rows if staff.staff_role == Role.OWNER else rows.exclude(target=staff)


def report_for(staff: User, report_id: int) -> Report:
    """The report with its people. Raises NotFound, also for one about this member of staff."""
    people = ("reporter", "automatic_rule", "target", "assigned_to", "closed_by")
    report = Report.objects.select_related(*people).filter(pk=report_id).first()
    if report is None or not may_handle_report(staff, report):
        raise NotFound("This report does not exist.")
    return report


def told_in(report: Report) -> list[Told]:
    """Its tweets with their pictures, the latest first. Three queries."""
    small = KeptPicture.objects.defer("content").order_by("position")
    rows = list(report.tweets.prefetch_related(Prefetch("kept", small)).order_by("-tweet_id"))
    now = Tweet.objects.filter(pk__in=[row.tweet_id for row in rows])
    known = {
        pk: (hidden_at, held_at, revision)
        for pk, hidden_at, held_at, revision in now.values_list("pk", "hidden_at", "held_at", "revision")
    }
    return [Told(row, _since(row, known.get(row.tweet_id))) for row in rows]


def _since(row: ReportedTweet, now: tuple[object, object, int] | None) -> str:
    if now is None:
        return "gone"
    hidden_at, held_at, revision = now
    if hidden_at is not None:
        return "taken down"
    if held_at is not None:
        return "held for review"
    return "edited" if revision != row.revision else ""


def tweets_to_judge(staff: User, person: User, ids: Sequence[int]) -> list[Tweet]:
    """Of these tweets those of the person that this member of staff can read and take down, the latest first:
    as everybody does; an owner, who finds all of them in the admin, any. One query.
    """
    rows = Tweet.objects.all() if staff.staff_role == Role.OWNER else Tweet.objects.visible_to(staff)
    theirs = rows.filter(author=person, pk__in=ids, retweet_of__isnull=True, hidden_at__isnull=True)
    return list(theirs.order_by("-id"))


def kept_picture(report: Report, picture_id: int) -> KeptPicture:
    """Raises NotFound."""
    found = KeptPicture.objects.filter(tweet__report=report, pk=picture_id).first()
    if found is None:
        raise NotFound("This picture is not kept any more.")
    return found


def notes_on(report: Report) -> list[ReportNote]:
    return list(report.notes.select_related("author").order_by("id"))


def past_of(staff: User, person: User) -> Past:
    """As this member of staff may know it. Three queries."""
    measures = (
        Measure.objects.filter(person=person).select_related("taken_by", "automatic_rule").order_by("-id")
    )
    about = _for_them(staff, Report.objects.filter(target=person))
    reports = about.select_related("reporter", "automatic_rule").order_by("-id")
    entries = entries_about(person.pk)[:_HISTORY]
    return Past(list(measures[:_HISTORY]), list(reports[:_HISTORY]), list(entries))


def measures_in_force(person: User) -> set[str]:
    """The kinds of those that are a state of the person. One query."""
    return set(Measure.objects.in_force().filter(person=person).values_list("kind", flat=True))


def measures_of(person: User) -> QuerySet[Measure]:
    """What staff did to the person, the latest first."""
    return Measure.objects.filter(person=person).order_by("-id")


def measure_by_id(measure_id: int) -> Measure:
    """The measure with its person, its tweets and who took it. Raises NotFound."""
    rows = Measure.objects.select_related("person", "taken_by", "automatic_rule", "report").prefetch_related(
        "tweets"
    )
    measure = rows.filter(pk=measure_id).first()
    if measure is None:
        raise NotFound("This measure does not exist.")
    return measure


def people_appealing() -> QuerySet[User]:
    """Whose appeal nobody has answered."""
    return User.objects.filter(Exists(Measure.objects.appealing().filter(person=OuterRef("pk"))))


def appeals_waiting() -> QuerySet[Measure]:
    """Who waits longest first."""
    rows = Measure.objects.appealing()
    return (
        rows.select_related("person", "taken_by", "automatic_rule", "report")
        .prefetch_related("tweets")
        .order_by("appealed_at")
    )


@dataclass(slots=True)
class ReportDay:
    """How many reports were made on a day of UTC, and how many were closed on it."""

    made: int = 0
    closed: int = 0


def report_days(first: date) -> dict[date, ReportDay]:
    """Each day from that one on, on which there was anything. Two queries."""
    begins = datetime(first.year, first.month, first.day, tzinfo=UTC)
    found: dict[date, ReportDay] = {}
    number = F("id").bitrightshift(16) / _DAY_MILLISECONDS
    made = Report.objects.filter(id__gte=id_at(begins)).order_by().annotate(number=number)
    for days, reports in made.values_list("number").annotate(reports=Count("pk")):
        day = datetime.fromtimestamp(days * _DAY_MILLISECONDS / 1000, UTC).date()
        found.setdefault(day, ReportDay()).made = reports
    closed = Report.objects.filter(closed_at__gte=begins).order_by().annotate(day=TruncDate("closed_at"))
    for day, reports in closed.values_list("day").annotate(reports=Count("pk")):
        found.setdefault(day, ReportDay()).closed = reports
    return found


def waiting_counts(staff: User) -> dict[str, int]:
    """How many reports, appeals, held tweets and people who ask to join wait for them. Four queries."""
    return {
        "reports": _for_them(staff, Report.objects.waiting()).count(),
        "appeals": appeals_waiting().order_by().count(),
        "held": held_tweets().order_by().count(),
        "joining": waiting().order_by().count(),
    }


def team() -> list[User]:
    """Everybody with a role, the highest first, then by name. One query."""
    rows = User.objects.exclude(role="") | User.objects.filter(is_staff=True)
    rows |= User.objects.filter(is_superuser=True)
    people = [person for person in rows.distinct() if person.staff_role != Role.MEMBER]
    return sorted(people, key=lambda person: (-person.staff_role.rank, person.username.lower()))


def who_may(permission: Permission) -> list[User]:
    """Those of staff who may do that now. One query."""
    return [person for person in team() if permission in PERMISSIONS[person.staff_role] and person.is_active]
