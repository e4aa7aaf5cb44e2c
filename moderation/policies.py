"""Who may report whom, and which staff may do what about it."""

from accounts.models import User
from accounts.policies import may_restrict, may_suspend, outranks
from accounts.roles import Permission, Role, Staff
from moderation.models import Measure, Report


def may_report(reporter: User, target: User) -> bool:
    """Whoever writes here, about anybody else who is in sight; a block between them is no hindrance."""
    return reporter.may_write and reporter != target and target.is_active


def may_handle(staff: User) -> bool:
    return staff.may(Permission.HANDLE_REPORTS)


def may_handle_report(staff: User, report: Report) -> bool:
    """Not a report about oneself, which says who wrote it. An owner may: there may be nobody else."""
    is_about_them = report.target_id == staff.pk and staff.staff_role != Role.OWNER
    return may_handle(staff) and not is_about_them


def may_take(staff: Staff, person: User, kind: str) -> bool:
    """Measures against somebody of a lower role."""
    if kind == Measure.Kind.SUSPEND:
        return may_suspend(staff, person)
    if kind == Measure.Kind.TAKE_DOWN and not staff.may(Permission.HIDE_TWEETS):
        return False
    return may_restrict(staff, person)


def may_write_automatic_rules(staff: User) -> bool:
    return staff.may(Permission.WRITE_AUTOMATIC_RULES)


def may_decide_hit(staff: User) -> bool:
    """Whoever handles what members report, and may hide tweets."""
    return staff.may(Permission.HANDLE_REPORTS) and staff.may(Permission.HIDE_TWEETS)


def may_lift(staff: User, measure: Measure) -> bool:
    """Whoever might have taken it."""
    return measure.is_in_force and measure.erased_at is None and may_take(staff, measure.person, measure.kind)


def may_decide_appeal(staff: User, measure: Measure) -> bool:
    """Of people of a lower role, and not who took the measure: somebody else looks at it. An owner may, for
    there may be nobody else.
    """
    if not measure.appeal_waits or not staff.may(Permission.DECIDE_APPEALS):
        return False
    if not outranks(staff, measure.person):
        return False
    return measure.taken_by_id != staff.pk or staff.staff_role == Role.OWNER


def may_appeal(person: User, measure: Measure) -> bool:
    return measure.person_id == person.pk and measure.may_be_appealed
