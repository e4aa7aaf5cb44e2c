"""Questions about people that several pages ask."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models.functions import Lower
from django.utils import timezone

from accounts.models import User
from common.errors import Gone, NotFound
from common.prepared import Prepared


def by_handle(username: str, viewer: object = None) -> User | None:
    """The person of that name, whatever its case, or None.

    Who never confirmed an address is seen by nobody else: most of them are machines, and a name alone
    can be an advertisement.
    """
    person = User.objects.named(username).first()
    if person is None or person.is_confirmed or not person.is_local or person == viewer:
        return person
    return None


def person_by_id(an_id: int, viewer: object = None) -> User:
    """The active person with that id; who never confirmed an address is seen by themselves alone.

    Raises Gone for whoever left for good, NotFound for anybody else.
    """
    is_an_id = 0 < an_id < 2**63  # what the database could not even be asked for
    found = _ACTIVE.instances(User, an_id=an_id) if is_an_id else []
    if not found and is_an_id and User.objects.filter(pk=an_id, state=User.State.GONE).exists():
        raise Gone("This person left. The account and everything in it was deleted.")
    if not found or not (found[0].is_reachable or found[0] == viewer):
        raise NotFound("There is no such person here.")
    return found[0]


def is_gone(username: str) -> bool:
    """Whether somebody had that name and left for good."""
    return User.objects.named(username).filter(state=User.State.GONE).exists()


def people_named(usernames: Iterable[str]) -> list[User]:
    """The people with these names, in whatever case they are written. One query."""
    names = {name.lower() for name in usernames}
    if not names:
        return []
    there = User.objects.exclude(state=User.State.GONE)
    named = there.annotate(lower_name=Lower("username")).filter(lower_name__in=names)
    return list(named)


def reachable_named(usernames: Iterable[str]) -> list[User]:
    """Those of the people with these names whom others can see and write to. One query."""
    return [person for person in people_named(usernames) if person.is_reachable]


def is_taken(username: str) -> bool:
    """Whether someone has that name, whatever its case."""
    return User.objects.named(username).exists()


def owner_of(email: str) -> User | None:
    """The person who proved that the address is theirs."""
    return User.objects.owning(email).first()


def claimant_of(email: str) -> User | None:
    """The person who last joined with the address without having proved it yet."""
    address = (
        EmailAddress.objects.filter(
            email=email.lower().replace("\0", ""), verified=False, user__email_confirmed_at=None
        )
        .select_related("user")
        .order_by("-pk")
        .first()
    )
    return address.user if address else None


def recently_active(limit: int) -> list[User]:
    """People of this server who tweeted last, the latest first. One index range."""
    return list(
        User.objects.for_request()
        .offered()
        .local()
        .filter(last_tweeted_at__isnull=False)
        .order_by("-last_tweeted_at")[:limit]
    )


def people_count() -> int:
    """How many people of this server confirmed their address and are not suspended."""
    return User.objects.local().active().confirmed().count()


def open_sessions(user: User) -> list[UserSession]:
    """Where the person is logged in, the latest first. One query, however many there are."""
    alive = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    return list(UserSession.objects.filter(user=user, session_key__in=alive).order_by("-created_at"))


@dataclass(frozen=True, slots=True)
class Passkey:
    """One passkey as its owner sees it."""

    id: int
    name: str
    made_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class SecondStep:
    """How somebody signs in beside the password."""

    app_since: datetime | None
    passkeys: list[Passkey]
    codes_left: int

    @property
    def is_on(self) -> bool:
        return bool(self.app_since or self.passkeys)


def second_step_of(user: User) -> SecondStep:
    """The person's app, passkeys and recovery codes. One query."""
    rows = list(Authenticator.objects.filter(user=user).order_by("pk"))
    return SecondStep(
        app_since=next((row.created_at for row in rows if row.type == Authenticator.Type.TOTP), None),
        passkeys=[
            Passkey(row.pk, row.data["name"], row.created_at, row.last_used_at)
            for row in rows
            if row.type == Authenticator.Type.WEBAUTHN
        ],
        codes_left=sum(
            settings.MFA_RECOVERY_CODE_COUNT - row.data["used_mask"].bit_count()
            for row in rows
            if row.type == Authenticator.Type.RECOVERY_CODES
        ),
    )


def has_second_step(user: User) -> bool:
    """Whether the password alone does not let this person in."""
    others = Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES)
    return bool(others.exists())


_ACTIVE = Prepared(lambda an_id: User.objects.active().filter(pk=an_id))  # whoever looks at a person asks
