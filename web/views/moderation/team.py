"""Who runs the server, and giving roles."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from accounts.actions import give_role
from accounts.models import User
from accounts.roles import PERMISSIONS, Permission, Role
from common.errors import NotAllowed
from moderation.queries import team
from web.access import prove_again, staff_required
from web.forms.moderation import RoleForm
from web.views.moderation.frame import staff_of, staff_page

ROLES = [role for role in reversed(Role) if role != Role.MEMBER]


@staff_required(Permission.GIVE_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    form = RoleForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _is_given(request, form):
        return redirect("staff_team")
    table = [
        (permission.value.capitalize(), [permission in PERMISSIONS[role] for role in ROLES])
        for permission in Permission
    ]
    context = {"people": team(), "form": form, "roles": ROLES, "table": table}
    return staff_page(request, "team.html", "team", context, status=422 if form.errors else 200)


def _is_given(request: HttpRequest, form: RoleForm) -> bool:
    name = form.cleaned_data["name"].strip().removeprefix("@")
    person = User.objects.named(name).first()
    if person is None:
        form.add_error("name", "There is nobody called so.")
        return False
    prove_again(request)
    try:
        give_role(staff_of(request), person, form.cleaned_data["role"])
    except NotAllowed as error:
        form.add_error("name", error.message)
        return False
    messages.success(request, f"{person.handle} is now: {person.staff_role.label}.")
    return True
