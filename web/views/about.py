"""What this server is, for visitors and newcomers."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from server.queries import document
from web.side import side_column


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    context = {"facts": side_column(), "document": document("about"), "contact": settings.CONTACT_EMAIL}
    return render(request, "web/about.html", context)
