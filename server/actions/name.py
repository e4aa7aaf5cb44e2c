"""What the server is called."""

from django.db import transaction

from accounts.models import User
from audit.actions import Subject, record
from audit.deeds import Deed
from audit.models import AuditEntry
from common.errors import NotAllowed
from common.naming import name_site, site_name
from server.policies import may_change_server


@transaction.atomic
def rename_server(staff: User, name: str, undoes: AuditEntry | None = None) -> str:
    """The new name stands everywhere within seconds. Raises NotAllowed, and Invalid for none or a long
    one.
    """
    if not may_change_server(staff):
        raise NotAllowed("Only the owner names the server.")
    before, after = site_name(), name_site(name)
    if before != after:
        change = {"name": before}, {"name": after}
        record(staff, Deed.CHANGE_SERVER, Subject("server", 1, after), *change, undoes=undoes)
    return after
