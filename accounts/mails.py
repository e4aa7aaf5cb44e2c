"""The mails about accounts. Each is a job that holds ids and addresses only.

Links are made while sending, from settings.SITE_URL: no secret waits in the table of jobs, no request's
Host header gets into a mail, and a mail server that is down delays the mail and nothing else. As the
request only writes one row whoever is meant, its time says nothing about who has an account.
"""

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse
from django_tasks import task

from accounts.actions import claim_email
from accounts.models import User
from accounts.queries import claimant_of, owner_of
from common.mailing import send
from events.bus import outside_transaction


@task()
@outside_transaction
def confirm_address(address_id: int, joining: bool) -> None:
    """The link that proves an address; or, if the address is someone else's already, a word to its owner."""
    address = EmailAddress.objects.select_related("user").filter(pk=address_id, verified=False).first()
    if address is None or not address.user.is_active:
        return
    owner = owner_of(address.email)
    if owner and owner != address.user:
        _send("already_registered", address.email, person=owner, reset_url=_url("password_reset"))
        return
    key = EmailConfirmationHMAC.create(address).key
    _send(
        "confirm_joining" if joining else "confirm_address",
        address.email,
        person=address.user,
        confirm_url=_url("confirm_email", key),
        days=settings.ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS,
    )


@task()
@outside_transaction
def confirm_again(email: str, user_id: int | None) -> None:
    """Once more the link, if that person, or else whoever claimed it last, waits to prove the address."""
    waiting = EmailAddress.objects.filter(email=email, verified=False)
    if user_id:
        waiting = waiting.filter(user_id=user_id)
    address = waiting.select_related("user").order_by("-pk").first() or _unnoted(email, user_id)
    if address:
        confirm_address.func(address.pk, not address.user.is_confirmed)


@task()
@outside_transaction
def reset_password(email: str) -> None:
    """The link to a new password, for whoever the address belongs to; nothing at all if for nobody."""
    person = owner_of(email) or claimant_of(email)
    if person is None or not (person.is_active or person.is_leaving):
        return
    token = default_token_generator.make_token(person)
    _send(
        "password_reset",
        email,
        person=person,
        reset_url=_url("password_reset_key", user_pk_to_url_str(person), token),
        hours=settings.PASSWORD_RESET_TIMEOUT // 3600,
    )


@task()
@outside_transaction
def password_changed(user_id: int, address: str, browser: str) -> None:
    """Tells the owner that there is a new password, and from where it was set."""
    person = User.objects.filter(pk=user_id).exclude(email="").first()
    if person:
        _send(
            "password_changed",
            person.email,
            person=person,
            address=address,
            browser=browser,
            reset_url=_url("password_reset"),
        )


@task()
@outside_transaction
def second_step_changed(user_id: int, what: str) -> None:
    """Tells the owner that the account is signed in to in another way from now on."""
    person = User.objects.confirmed().filter(pk=user_id).exclude(email="").first()
    if person:
        urls = {"security_url": _url("settings_security"), "reset_url": _url("password_reset")}
        _send("second_step_changed", person.email, person=person, what=what, **urls)


@task()
@outside_transaction
def new_device(user_id: int, address: str, browser: str, moment: str) -> None:
    """Tells the owner that somebody signed in where nobody had before; `moment` as it is to be read."""
    person = User.objects.confirmed().filter(pk=user_id).exclude(email="").first()
    if person:
        known = {"address": address, "browser": browser, "moment": moment}
        urls = {"sessions_url": _url("settings_sessions"), "reset_url": _url("password_reset")}
        _send("new_device", person.email, person=person, **known, **urls)


@task()
@outside_transaction
def email_changed(user_id: int, former_email: str) -> None:
    """Tells the former address that mails go elsewhere from now on."""
    person = User.objects.filter(pk=user_id).first()
    if person:
        _send("email_changed", former_email, person=person)


@task()
@outside_transaction
def leaving(user_id: int) -> None:
    """Until when the account can be had back, and how."""
    person = User.objects.confirmed().filter(pk=user_id, state=User.State.LEAVING).first()
    if person and person.email:
        login_url, reset_url = _url("login"), _url("password_reset")
        _send("leaving", person.email, person=person, login_url=login_url, reset_url=reset_url)


@task()
@outside_transaction
def returned(user_id: int) -> None:
    """That nothing will be deleted."""
    person = User.objects.confirmed().active().filter(pk=user_id).first()
    if person and person.email:
        _send("returned", person.email, person=person, reset_url=_url("password_reset"))


@task()
@outside_transaction
def account_deleted(address: str, handle: str) -> None:
    """The last mail: everything is gone. We know nothing of the person any more but what is handed over."""
    _send("account_deleted", address, handle=handle)


def _unnoted(email: str, user_id: int | None) -> EmailAddress | None:
    """The claim of a person whose row was made without one, as by other tools than ours."""
    person = (
        User.objects.filter(pk=user_id, email=email, email_confirmed_at=None).first() if user_id else None
    )
    return claim_email(person, email) if person else None


def _url(name: str, *args: str) -> str:
    return settings.SITE_URL + reverse(name, args=args)


def _send(name: str, to: str, **context: object) -> None:
    send(f"account/email/{name}.txt", to, **context)
