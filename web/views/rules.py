"""The rules of this server, for everybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from server.queries import rules


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    return render(request, "web/rules.html", {"rules": rules()})
