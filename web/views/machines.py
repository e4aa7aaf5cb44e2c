"""What browsers and search engines ask for by custom, without having read a page."""

from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.views.decorators.http import require_safe

_NOT_FOR_ROBOTS = (
    "/settings/",
    "/create/",
    "/edit/",
    "/delete/",
    "/login/",
    "/logout/",
    "/register/",
    "/password/",
    "/confirm-email/",
    "/mailbox/",
    "/search/",
)
_ROBOTS = "User-agent: *\n" + "".join(f"Disallow: {path}\n" for path in _NOT_FOR_ROBOTS)
_FOR_A_DAY = {"Cache-Control": "public, max-age=86400"}  # the name of the icon changes with its content


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    return HttpResponse(_ROBOTS, content_type="text/plain; charset=utf-8", headers=_FOR_A_DAY)


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    return HttpResponsePermanentRedirect(staticfiles_storage.url("web/favicon.svg"), headers=_FOR_A_DAY)
