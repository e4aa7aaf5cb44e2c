"""Who may change what the server says of itself."""

from accounts.models import User
from accounts.roles import Permission


def may_edit_rules(staff: User) -> bool:
    return staff.may(Permission.EDIT_RULES)


def may_edit_documents(staff: User) -> bool:
    return staff.may(Permission.EDIT_DOCUMENTS)


def may_announce(staff: User) -> bool:
    return staff.may(Permission.ANNOUNCE)


def may_call_doctor(staff: User) -> bool:
    return staff.may(Permission.CALL_DOCTOR)


def may_change_server(staff: User) -> bool:
    return staff.may(Permission.CHANGE_SERVER)


def may_react(person: User) -> bool:
    return person.may_write
