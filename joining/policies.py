"""Who may invite, who decides about joining, and who knows the answer that the host asks for."""

from django.conf import settings

from accounts.models import User
from accounts.roles import Permission
from common.words import fold_once
from joining.models import JoiningPolicy


def may_manage(staff: User) -> bool:
    """Staff whose role has the permission."""
    return staff.may(Permission.DECIDE_JOINING)


def may_invite(user: User, policy: JoiningPolicy) -> bool:
    """Staff who decide about joining; everybody, where the policy says so."""
    if policy.mode == JoiningPolicy.Mode.CLOSED or not user.may_write:
        return False
    return policy.people_invite or may_manage(user)


def knows_answer(said: str) -> bool:
    """Whether that is one of CAPTCHA_ANSWERS to CAPTCHA_QUESTION, which no third party hears of and which is
    answered without scripts, pictures or sound. Case, accents and spaces do not count.
    """
    return fold_once(said) in map(fold_once, settings.CAPTCHA_ANSWERS)
