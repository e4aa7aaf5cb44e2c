"""What follows when a measure was taken or lifted. Each may run twice and may find nothing."""

from events.bus import outside_transaction
from events.catalogue import AppealRefused, MeasureLifted, MeasureTaken, ReportFiled, UserRestored
from moderation.actions import keep_pictures as keep_pictures_of
from moderation.actions import note_restored
from moderation.mails import tell_of


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


def lift_suspensions(event: UserRestored) -> None:
    """Whoever was let in again by another way than their measure is not under it any more."""
    note_restored(event.user_id)
