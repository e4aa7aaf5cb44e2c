"""What people are told of measures, by mail. Each is sent by a job that finds the row as it is then."""

from accounts.models import User
from common.mailing import send
from moderation.links import path_of
from moderation.models import Measure


def tell_of(measure_id: int, template: str) -> None:
    """Mail the person, with the link to the page on which everything stands."""
    measure = Measure.objects.select_related("person").filter(pk=measure_id).first()
    if measure is None or not measure.person.email or not measure.person.is_confirmed:
        return
    context = {"measure": measure, "person": measure.person, "path": path_of(measure.pk)}
    send(f"moderation/email/{template}.txt", measure.person.email, **context)


def tell_of_joiners(staff_id: int, number: int) -> None:
    """Mail somebody of staff that so many people asked to join since the last mail."""
    staff = User.objects.reachable().exclude(email="").filter(pk=staff_id).first()
    if staff is not None:
        send("moderation/email/joiners.txt", staff.email, person=staff, number=number)
