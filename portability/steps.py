"""The work that was promised: an archive step by step, and the mail when it is ready."""

from django.conf import settings
from django_tasks import task

from common.mailing import send
from events.bus import outside_transaction
from portability.actions import discard_former, make_some
from portability.models import Export


@task(queue_name="chores")
@outside_transaction  # it reads and writes files for a minute
def make_next(export_id: int) -> None:
    """Some of an archive; then the same again, until it is ready. Its owner hears of that by mail."""
    if make_some(export_id):
        make_next.enqueue(export_id)
        return
    export = Export.objects.filter(pk=export_id, state=Export.State.READY).first()
    if export is not None:
        discard_former(export)
        tell_ready.enqueue(export_id)


@task()
@outside_transaction
def tell_ready(export_id: int) -> None:
    """Nothing when it is gone by now, or the address is not proved."""
    export = Export.objects.select_related("owner").filter(pk=export_id, state=Export.State.READY).first()
    if export is None or not (export.owner.is_confirmed and export.owner.email):
        return
    urls = {
        "data_url": f"{settings.SITE_URL}/settings/data/",
        "password_url": f"{settings.SITE_URL}/settings/password/",
    }
    send("portability/export_ready.txt", export.owner.email, person=export.owner, export=export, **urls)
