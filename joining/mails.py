"""The mails about joining. Each is a job."""

from allauth.account.models import EmailAddress
from django.conf import settings
from django.urls import reverse
from django_tasks import task

from accounts.mails import confirm_address
from accounts.models import User
from common.mailing import send
from events.bus import outside_transaction


@task()
@outside_transaction
def approved(user_id: int) -> None:
    """Welcome; with the link that proves the address, if that was not done meanwhile."""
    user = User.objects.filter(pk=user_id).exclude(email="").first()
    if user is None:
        return
    login_url = settings.SITE_URL + reverse("login")
    send("joining/email/approved.txt", user.email, person=user, login_url=login_url)
    address = EmailAddress.objects.filter(user=user, email=user.email, verified=False).first()
    if address and not user.is_confirmed:
        confirm_address.enqueue(address.pk, True)


@task()
@outside_transaction
def refused(email: str, shown_name: str, reason: str) -> None:
    """No, and why, if staff said why. Nothing of the request is kept."""
    send("joining/email/refused.txt", email, shown_name=shown_name, reason=reason)
