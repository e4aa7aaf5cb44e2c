"""What somebody says against a measure, and what staff answer."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.texts import tidy_text
from audit.actions import Subject, record
from audit.deeds import Deed
from common.errors import Invalid, NotAllowed
from events.bus import publish
from events.catalogue import AppealMade, AppealRefused
from moderation.actions.measures import end_measure, hold_measure
from moderation.models import Measure
from moderation.policies import may_appeal, may_decide_appeal


@transaction.atomic
def appeal_measure(person: User, measure: Measure, text: str) -> Measure:
    """Once for each measure, also by whoever is frozen or suspended.

    Raises NotAllowed for somebody else's, for a second time, when it is lifted and after APPEAL_DAYS; Invalid
    for nothing, or more than APPEAL_MAX_LENGTH characters.
    """
    current = hold_measure(measure)
    if not may_appeal(person, current):
        raise NotAllowed("There is nothing to appeal against any more.")
    text = tidy_text(text)
    if not text or len(text) > settings.APPEAL_MAX_LENGTH:
        raise Invalid(f"Say what is wrong, in at most {settings.APPEAL_MAX_LENGTH} characters.", "text")
    current.appeal, current.appealed_at = text, timezone.now()
    current.save(update_fields=["appeal", "appealed_at"])
    publish(AppealMade(current.pk))
    return current


@transaction.atomic
def grant_appeal(staff: User, measure: Measure, answer: str = "") -> Measure:
    """The person was right: the measure is lifted. Raises NotAllowed, also when it is decided already."""
    current = _decide(staff, measure, Deed.GRANT_APPEAL, answer)
    if current.is_in_force:
        end_measure(staff, current, current.answer)
    return current


@transaction.atomic
def refuse_appeal(staff: User, measure: Measure, answer: str = "") -> Measure:
    """The measure stays. Raises as grant_appeal does."""
    current = _decide(staff, measure, Deed.UPHOLD_MEASURE, answer)
    publish(AppealRefused(current.pk))
    return current


def _decide(staff: User, measure: Measure, deed: Deed, answer: str) -> Measure:
    current = hold_measure(measure)
    if not may_decide_appeal(staff, current):
        raise NotAllowed("You may not decide this appeal, or somebody has already.")
    answer = tidy_text(answer)
    if len(answer) > settings.REASON_MAX_LENGTH:
        raise Invalid(f"Use at most {settings.REASON_MAX_LENGTH} characters.", "answer")
    current.answer, current.decided_at = answer, timezone.now()
    current.save(update_fields=["answer", "decided_at"])
    subject = Subject("measure", current.pk, current.person.handle, person_id=current.person_id)
    after = {"appeal": "granted" if deed == Deed.GRANT_APPEAL else "refused"}
    record(staff, deed, subject, {"appeal": "waiting"}, after, reason=answer)
    return current
