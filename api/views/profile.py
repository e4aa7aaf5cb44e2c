"""One's own profile and preferences: reading and changing them."""

from django.http import HttpResponse

from accounts.actions import update_posting, update_privacy, update_profile
from accounts.models import User
from api.answers import answer
from api.authentication import ApiRequest
from api.described import takes
from api.inputs.profile import ProfileInput, posting, privacy, profile
from api.shapes.profile import own_profile, preferences
from api.views.accounts import credentials


@takes(ProfileInput)
def update(request: ApiRequest) -> HttpResponse:
    """Change oneself; what is not sent stays as it is."""
    return answer(credentials(_changed(request).pk))


def show_profile(request: ApiRequest) -> HttpResponse:
    """The profile, as one wrote it."""
    return answer(own_profile(User.objects.get(pk=request.user.pk)))


@takes(ProfileInput)
def update_own(request: ApiRequest) -> HttpResponse:
    """The same as `update`, answered with the profile."""
    return answer(own_profile(User.objects.get(pk=_changed(request).pk)))


def delete_avatar(request: ApiRequest) -> HttpResponse:
    """Be without a picture."""
    person = User.objects.get(pk=request.user.pk)
    update_profile(person, **profile(person, {}), remove_avatar=True)
    return answer(credentials(person.pk))


def delete_header(request: ApiRequest) -> HttpResponse:
    """Be without a wide picture."""
    person = User.objects.get(pk=request.user.pk)
    update_profile(person, **profile(person, {}), remove_header=True)
    return answer(credentials(person.pk))


def show_preferences(request: ApiRequest) -> HttpResponse:
    """What a new tweet begins with, and what stands open."""
    return answer(preferences(request.user))


def _changed(request: ApiRequest) -> User:
    """Each part is written only where something of it was sent."""
    sent = ProfileInput.read_sent(request)
    person = User.objects.get(pk=request.user.pk)
    if wishes := profile(person, sent):
        update_profile(person, **wishes)
    if choices := privacy(person, sent):
        update_privacy(person, **choices)
    if beginnings := posting(person, sent):
        update_posting(person, **beginnings)
    return person
