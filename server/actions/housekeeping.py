"""What staff ask of the housekeeping of jobs/housekeeping."""

from django.db import transaction

from accounts.models import User
from common.errors import NotAllowed
from jobs.housekeeping import look_at_all_later
from server.policies import may_call_doctor


@transaction.atomic
def count_housekeeping(staff: User) -> int:
    """Let workers count how much there is to tidy up; nothing goes. Returns how many chores that
    is, without those that are being counted already. Raises NotAllowed.
    """
    if not may_call_doctor(staff):
        raise NotAllowed("You may not examine the server.")
    return look_at_all_later()
