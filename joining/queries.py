"""What the policy says, who waits, and whether something is turned away."""

from fnmatch import fnmatchcase
from ipaddress import ip_address, ip_network
from typing import Any

from django.core.cache import cache
from django.db.models import F, QuerySet
from django.utils import timezone

from accounts.models import User
from common.errors import Invalid, NotAllowed, NotFound
from common.replicas.routing import primary
from joining.models import Invite, JoinBlock, JoiningPolicy, JoinRequest

POLICY_KEY = "joining:policy"
_POLICY_SECONDS = 60  # should a change not reach the cache of another process
_FIELDS = tuple(field.attname for field in JoiningPolicy._meta.concrete_fields if not field.primary_key)


def policy() -> JoiningPolicy:
    """The policy in force. From the cache, mostly; whoever changes it throws that away."""
    kept: dict[str, Any] | None = cache.get(POLICY_KEY)
    if kept is None:
        with primary():
            kept = JoiningPolicy.objects.filter(pk=1).values(*_FIELDS).first() or {}
        cache.set(POLICY_KEY, kept, _POLICY_SECONDS)
    return JoiningPolicy(pk=1, **kept)


def invite_by(code: str) -> Invite | None:
    """The invite of that code, if it still works."""
    found = Invite.objects.filter(code=code).first() if code and "\0" not in code else None
    return found if found and found.works_at(timezone.now()) else None


def invites_of(maker: User) -> QuerySet[Invite]:
    """What the person made, the latest first, each with those who came by it."""
    return Invite.objects.filter(made_by=maker).order_by("-id").prefetch_related("guests__user")


def waiting_of(user: User) -> JoinRequest | None:
    """The person's request, while it waits for staff."""
    return JoinRequest.objects.filter(user=user, state=JoinRequest.State.WAITING).first()


def waiting() -> QuerySet[JoinRequest]:
    """Those who wait for staff, the longest first."""
    return JoinRequest.objects.filter(state=JoinRequest.State.WAITING).select_related("user").order_by("id")


def request_by_id(request_id: int) -> JoinRequest:
    """A request that waits. Raises NotFound, also when somebody has decided about it meanwhile."""
    found = waiting().filter(pk=request_id).first()
    if found is None:
        raise NotFound("This request does not wait any more.")
    return found


def open_invites() -> QuerySet[Invite]:
    """Invites of everybody that still work, the latest first, each with those who came by it."""
    now = timezone.now()
    works = Invite.objects.filter(used__lt=F("limit")).exclude(expires_at__lte=now)
    return works.select_related("made_by").prefetch_related("guests__user").order_by("-id")


def blocks() -> QuerySet[JoinBlock]:
    """What is turned away, by kind."""
    return JoinBlock.objects.select_related("made_by").order_by("kind", "value")


def block_by_id(block_id: int) -> JoinBlock:
    """Raises NotFound."""
    found = JoinBlock.objects.filter(pk=block_id).first()
    if found is None:
        raise NotFound("This is not turned away any more.")
    return found


def check_name(username: str) -> None:
    """Raise Invalid if staff keep that name from people who join."""
    name = username.lower()
    if any(fnmatchcase(name, pattern) for pattern in _blocked(JoinBlock.Kind.USERNAME)):
        raise Invalid("This name cannot be used here. Choose another.", "username")


def check_email(email: str) -> None:
    """Raise Invalid if addresses of that domain, or of one it belongs to, are turned away."""
    labels = email.rpartition("@")[2].lower().split(".")
    domains = {".".join(labels[start:]) for start in range(len(labels))}
    if JoinBlock.objects.filter(kind=JoinBlock.Kind.EMAIL, value__in=domains).exists():
        raise Invalid("Addresses of this provider cannot be used here. Choose another one.", "email")


def check_network(address: str) -> None:
    """Raise NotAllowed if nobody may join from there."""
    try:
        found = ip_address(address)
    except ValueError:  # behind a Unix socket
        return
    if any(found in ip_network(network) for network in _blocked(JoinBlock.Kind.NETWORK)):
        raise NotAllowed(
            "Nobody can join from your network. If you think that is a mistake, write to the people who run"
            " this server."
        )


def _blocked(kind: str) -> QuerySet[JoinBlock, str]:
    return JoinBlock.objects.filter(kind=kind).values_list("value", flat=True)
