"""Taking in one picture, at once when it is chosen, dropped or pasted; the composer shows the answer."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from accounts.models import User
from attachments.actions import upload
from common.errors import HouseError, Invalid, NotAllowed, TooMany
from common.images.inspection import Readable
from common.storage import NotStored
from web.pace import check


@require_POST
def upload_picture(request: HttpRequest) -> HttpResponse:
    """The field `picture` becomes an entry of the composer, or a sentence that says why it cannot."""
    try:
        person, file = _person(request), _file(request)
        check(request, "pictures")
        attachment = upload(person, file, request.POST.get("description", ""))
    except HouseError as error:
        return _refusal(request, error)
    return render(request, "web/_upload.html", {"attachment": attachment})


def _person(request: HttpRequest) -> User:
    if not request.user.is_authenticated:
        raise NotAllowed("Log in to add pictures.")
    return request.user


def _file(request: HttpRequest) -> Readable:
    file = request.FILES.get("picture")
    if file is None:
        raise Invalid("Choose a picture.", field="picture")
    return cast(Readable, file)


def _refusal(request: HttpRequest, error: HouseError) -> HttpResponse:
    response = render(
        request, "web/_upload_error.html", {"errors": [error.message]}, status=_status_of(error)
    )
    if isinstance(error, TooMany):
        response.headers["Retry-After"] = str(error.retry_after_seconds)
    return response


def _status_of(error: HouseError) -> int:
    if isinstance(error, NotStored):
        return 507
    if isinstance(error, Invalid):
        return 422
    return 429 if isinstance(error, TooMany) else 403
