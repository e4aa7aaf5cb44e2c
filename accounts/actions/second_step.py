"""The second step of signing in: an app's codes (TOTP), passkeys, and recovery codes for whoever lost both.

The first of them brings recovery codes, the last one takes them away. Nobody else writes these rows.
"""

import logging
from collections.abc import Callable, Mapping
from typing import Any

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.actions.locks import lock_people
from accounts.models import User
from accounts.policies import may_secure
from common.errors import Invalid, NotAllowed
from common.sealing import Unreadable, seal, unseal
from events.bus import publish
from events.catalogue import SecondStepChanged

logger = logging.getLogger(__name__)
_CREDENTIAL_MAX_LENGTH = 20_000  # characters of what a browser says of a new passkey
_Type = Authenticator.Type


@transaction.atomic
def add_app(user: User, secret: str, code: str) -> list[str]:
    """Ask for an app's codes from now on; `code` shows that the app has the secret.

    Returns recovery codes to show once, or none if the person has some. Raises Invalid, NotAllowed.
    """
    _hold(user)
    step = _step_of(secret, code)
    if step is None:
        raise Invalid("This code is not right. Look at the app again, and at that device's clock.", "code")
    if _rows(user).filter(type=_Type.TOTP).exists():
        raise Invalid("An app is set up already. Remove it first.")
    data = {"secret": seal(secret), "step": step}
    Authenticator.objects.create(user=user, type=_Type.TOTP, data=data)
    publish(SecondStepChanged(user.id, "app_added"))
    return _first_codes(user)


@transaction.atomic
def remove_app(user: User) -> None:
    """Ask for no app's codes any more."""
    _remove(user, "app_removed", type=_Type.TOTP)


@transaction.atomic
def add_passkey(user: User, name: str, credential: Mapping[str, Any]) -> list[str]:
    """Take a passkey that a browser just made and the door has checked. It signs in alone, or as second step.

    Returns recovery codes to show once, or none if the person has some. Raises Invalid, NotAllowed.
    """
    _hold(user)
    if _rows(user).filter(type=_Type.WEBAUTHN).count() >= settings.PASSKEYS_MAX:
        raise Invalid(f"You have {settings.PASSKEYS_MAX} passkeys. Remove one that you no longer use first.")
    if len(str(credential)) > _CREDENTIAL_MAX_LENGTH:
        raise Invalid("This passkey is larger than we can keep.")
    name = " ".join(name.split())[: settings.PASSKEY_NAME_MAX_LENGTH] or "Passkey"
    data = {"name": name, "credential": dict(credential)}
    Authenticator.objects.create(user=user, type=_Type.WEBAUTHN, data=data)
    publish(SecondStepChanged(user.id, "passkey_added"))
    return _first_codes(user)


@transaction.atomic
def remove_passkey(user: User, passkey_id: int) -> None:
    """Let that passkey in no more."""
    _remove(user, "passkey_removed", type=_Type.WEBAUTHN, pk=passkey_id)


@transaction.atomic
def make_codes(user: User) -> list[str]:
    """New recovery codes, to show once; the former are worth nothing. Raises NotAllowed without an app or
    a passkey.
    """
    _hold(user)
    if not _rows(user).exclude(type=_Type.RECOVERY_CODES).exists():
        raise NotAllowed("Recovery codes belong to an app or a passkey. Set up one of them first.")
    _rows(user).filter(type=_Type.RECOVERY_CODES).delete()
    publish(SecondStepChanged(user.id, "codes_made"))
    return _first_codes(user)


@transaction.atomic
def end_second_step(user: User) -> bool:
    """A password is enough again: for staff, when somebody lost everything. Returns whether that is new."""
    deleted, _ = _rows(user).delete()
    if deleted:
        publish(SecondStepChanged(user.id, "ended_by_staff"))
    return bool(deleted)


@transaction.atomic
def use_code(user: User, code: str) -> bool:
    """Whether this is a code of the person's app, or a recovery code. Each is right once."""
    rows = _rows(user).exclude(type=_Type.WEBAUTHN).select_for_update()
    return any(_fits(row, code) for row in rows)


def note_use(authenticator: Authenticator) -> None:
    """A passkey let somebody in."""
    authenticator.record_usage()


def _hold(user: User) -> None:
    """One change at a time. Raises NotAllowed."""
    if not may_secure(user):
        raise NotAllowed("Confirm your e-mail address first, then you can protect your account.")
    lock_people(user.pk)


def _rows(user: User) -> Any:
    return Authenticator.objects.filter(user=user)


def _first_codes(user: User) -> list[str]:
    if _rows(user).filter(type=_Type.RECOVERY_CODES).exists():
        return []
    return list(RecoveryCodes.activate(user).generate_codes())


def _remove(user: User, what: str, **which: Any) -> None:
    deleted, _ = _rows(user).filter(**which).delete()
    if not deleted:
        return
    if not _rows(user).exclude(type=_Type.RECOVERY_CODES).exists():
        _rows(user).delete()
    publish(SecondStepChanged(user.id, what))


def _fits(row: Authenticator, code: str) -> bool:
    fits: dict[str, Callable[[Authenticator, str], bool]] = {
        _Type.TOTP: _fits_app,
        _Type.RECOVERY_CODES: lambda row, code: bool(RecoveryCodes(row).validate_code(code)),
    }
    try:
        is_right = fits[row.type](row, code)
    except Unreadable:
        logger.error("The second step of person %s was sealed with another SECRET_KEY.", row.user_id)
        return False
    if is_right:
        row.last_used_at = timezone.now()
        row.save(update_fields=["last_used_at"])
        if row.type == _Type.RECOVERY_CODES:
            publish(SecondStepChanged(row.user_id, "code_used"))
    return is_right


def _fits_app(row: Authenticator, code: str) -> bool:
    """A code, and those before it, count once: whoever reads one over a shoulder comes too late."""
    step = _step_of(unseal(row.data["secret"]), code)
    if step is None or step <= row.data["step"]:
        return False
    row.data["step"] = step
    row.save(update_fields=["data"])
    return True


def _step_of(secret: str, code: str) -> int | None:
    """Of which half minute that is the code, if of one near enough (MFA_TOTP_TOLERANCE)."""
    right = [
        step
        for step in yield_hotp_counters_from_time()
        if compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, step)))
    ]
    return right[0] if right else None
