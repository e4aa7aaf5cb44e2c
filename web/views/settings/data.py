"""One's own data: asking for an archive of it, fetching it, and taking it away again."""

from typing import cast

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from common.errors import Invalid
from common.naming import site_name
from portability.actions import ask_for_export, discard_own
from portability.queries import content_of, export_to_fetch, exports_of
from web.pace import check


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def data_settings(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    if request.method == "POST":
        _ask(request, user)
        return redirect("settings_data")
    exports = exports_of(user)
    context = {
        "exports": exports,
        "is_making": any(export.state == "making" for export in exports),
        "days": settings.EXPORT_KEPT_DAYS,
        "nav": "settings",
        "section": "data",
    }
    return render(request, "web/settings/data.html", context)


@login_required
@require_safe
def download(request: HttpRequest, export_id: int) -> HttpResponseBase:
    """The ZIP, sent as it is read. Whoever comes to a browser that was left open does not get it."""
    user = cast(User, request.user)
    export = export_to_fetch(user, export_id)
    raise_if_reauthentication_required(request, app="allauth.mfa")
    name = f"{slugify(site_name()) or 'archive'}-{user.username}-{export.asked_at:%Y-%m-%d}.zip"
    response = StreamingHttpResponse(content_of(export), content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Content-Length"] = str(export.size)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@login_required
@require_POST
def discard(request: HttpRequest, export_id: int) -> HttpResponse:
    discard_own(cast(User, request.user), export_id)
    messages.success(request, "The archive was removed.")
    return redirect("settings_data")


def _ask(request: HttpRequest, user: User) -> None:
    """Once one has shown who one is; twice a day at most."""
    raise_if_reauthentication_required(request, app="allauth.mfa")
    if any(export.state == "making" for export in exports_of(user)):
        raise Invalid("Your archive is being made already.")
    check(request, "archives", "You asked for two archives today. Ask again tomorrow.")
    ask_for_export(user)
    messages.success(request, "Your archive is being made. A mail tells you when it is ready.")
