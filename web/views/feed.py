"""The first page: home for somebody signed in, what is said here for a visitor."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from web.views.home import home
from web.views.local import local


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    return home(request) if request.user.is_authenticated else local(request)
