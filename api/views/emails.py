"""Another mail for somebody whose address waits to be proved, asked for by the app they joined with."""

from typing import cast

from django.http import HttpResponse
from rest_framework import serializers

from accounts import mails
from accounts.actions import claim_email
from accounts.addresses import check_address
from accounts.models import User
from api.answers import answer
from api.authentication import ApiRequest
from api.described import takes
from api.inputs.fields import Input
from api.pace import address_of
from clients.queries import Access, joined_with
from common import rates
from common.errors import NotAllowed
from joining.queries import check_email


class _AddressInput(Input):
    email = serializers.CharField(
        max_length=254, required=False, help_text="Another address, which takes the place of the first one."
    )


@takes(_AddressInput)
def confirm_again(request: ApiRequest) -> HttpResponse:
    """Send the mail that proves an address once more.

    Whether the address belongs to somebody else is said to nobody but its owner, by mail.
    """
    access, person = cast(Access, request.auth), User.objects.get(pk=request.user.pk)
    if joined_with(person) != access.app_id:
        raise NotAllowed("Only the app somebody joined with can do this")
    if person.is_confirmed:
        raise NotAllowed("This address is confirmed already")
    email = _AddressInput.read(request).get("email")
    if email:
        email = check_address(email.strip().lower())
        check_email(email)
    if rates.applies_to(address_of(request)):
        rates.check("confirm_email_mail", email or person.email)
    if email and email != person.email:
        claim_email(person, email)
    mails.confirm_again.enqueue(email or person.email, person.pk)
    return answer({})
