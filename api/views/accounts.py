"""People: oneself, and others."""

from django.http import HttpResponse

from accounts.models import User
from api.answers import answer
from api.authentication import ApiRequest
from api.shapes.accounts import own_account
from relationships.queries import requests_to


def verify_credentials(request: ApiRequest) -> HttpResponse:
    """Who one is."""
    return answer(credentials(request.user.pk))


def credentials(person_id: int) -> dict[str, object]:
    person = User.objects.get(pk=person_id)
    return own_account(person, requests_to(person).count() if person.is_locked else 0)
