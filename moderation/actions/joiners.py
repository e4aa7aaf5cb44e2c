"""Telling staff that people wait to be let in."""

from django.db import transaction

from accounts.roles import Permission
from common.models import Fact
from events.bus import publish
from events.catalogue import JoinersWait
from joining.queries import waiting
from moderation.queries import who_may

_KEY = "joiners_told"


@transaction.atomic
def tell_staff_who_waits() -> int:
    """Have those who may decide mailed, if somebody asked to join since the last time and waits still;
    returns how many that are. The clock calls it once an hour, which is how often a mail may come.
    """
    told, _ = Fact.objects.select_for_update().get_or_create(key=_KEY, defaults={"value": "0"})
    ids = list(waiting().filter(pk__gt=int(told.value)).order_by("pk").values_list("pk", flat=True))
    if not ids:
        return 0
    told.value = str(ids[-1])
    told.save(update_fields=["value"])
    for staff in who_may(Permission.DECIDE_JOINING):
        publish(JoinersWait(staff.pk, len(ids)))
    return len(ids)
