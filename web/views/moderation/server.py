"""What the server is called."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from accounts.roles import Permission
from common.errors import Invalid
from common.naming import site_name
from server.actions import rename_server
from web.access import prove_again, staff_required
from web.forms.server import ServerForm
from web.views.moderation.frame import staff_of, staff_page


@staff_required(Permission.CHANGE_SERVER)
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    form = ServerForm(request.POST if request.method == "POST" else None, initial={"site_name": site_name()})
    if form.is_valid():
        prove_again(request)
        try:
            rename_server(staff_of(request), form.cleaned_data["site_name"])
        except Invalid as error:
            form.add_error("site_name", error.message)
        else:
            messages.success(request, "Everybody reads the new name within half a minute.")
            return redirect("staff_server")
    return staff_page(request, "server.html", "server", {"form": form}, status=422 if form.errors else 200)
