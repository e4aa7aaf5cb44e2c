"""What staff see and decide about joining, through the actions, which ask for the permission."""

from typing import Any, cast

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html

from accounts.models import User
from common.errors import HouseError
from joining.actions import add_block, approve, end_invite, refuse, remove_block, set_policy
from joining.models import Invite, JoinBlock, JoiningPolicy, JoinRequest
from joining.policies import may_manage
from joining.queries import policy


class _Managed(admin.ModelAdmin[Any]):
    """Seen and changed by whoever may decide about joining."""

    list_per_page = 50
    show_full_result_count = False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return isinstance(request.user, User) and may_manage(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_module_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)

    def attempt(self, request: HttpRequest, action: Any, *arguments: Any, **more: Any) -> bool:
        """Do it; what is refused is said on the next page."""
        try:
            action(_staff(request), *arguments, **more)
        except HouseError as error:
            messages.error(request, error.message)
            return False
        return True


@admin.register(JoiningPolicy)
class PolicyAdmin(_Managed):
    """One row, changed on one page."""

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        if not self.has_module_permission(request):
            return super().changelist_view(request, extra_context)
        if not JoiningPolicy.objects.filter(pk=1).exists():
            self.attempt(request, set_policy, policy())
        return HttpResponseRedirect(reverse("admin:joining_joiningpolicy_change", args=[1]))

    def save_model(self, request: HttpRequest, obj: JoiningPolicy, form: Any, change: bool) -> None:
        self.attempt(request, set_policy, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(JoinRequest)
class RequestAdmin(_Managed):
    """Who waits for a yes, the longest first; and who came by which invite."""

    list_display = ("who", "email", "proved", "reason", "state", "invited_by", "made_at", "decided_by")
    list_filter = ("state",)
    list_select_related = ("user", "invite__made_by", "decided_by")
    list_display_links = None
    search_fields = ("user__username", "user__email", "invite__made_by__username")
    ordering = ("decided_at", "id")
    actions = ("let_in", "turn_away")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[JoinRequest]:
        return super().get_queryset(request).order_by("-state", "id")

    @admin.display(description="person")
    def who(self, row: JoinRequest) -> str:
        return row.user.handle

    @admin.display
    def email(self, row: JoinRequest) -> str:
        return row.user.email

    @admin.display(boolean=True)
    def proved(self, row: JoinRequest) -> bool:
        return row.user.is_confirmed or row.proved_email == row.user.email

    @admin.display
    def invited_by(self, row: JoinRequest) -> str:
        return row.invite.made_by.handle if row.invite else ""

    @admin.action(description="Let in")
    def let_in(self, request: HttpRequest, rows: QuerySet[JoinRequest]) -> None:
        done = sum(self.attempt(request, approve, row) for row in rows)
        messages.success(request, f"Let in: {done}.")

    @admin.action(description="Turn away: they are told by mail, and forgotten")
    def turn_away(self, request: HttpRequest, rows: QuerySet[JoinRequest]) -> None:
        done = sum(self.attempt(request, refuse, row) for row in rows)
        messages.success(request, f"Turned away: {done}.")


@admin.register(Invite)
class InviteAdmin(_Managed):
    """Links by which people join, of everybody."""

    list_display = ("link", "note", "maker", "used", "limit", "expires_at", "made_at")
    list_select_related = ("made_by",)
    list_display_links = None
    search_fields = ("code", "note", "made_by__username")
    fields = ("limit", "note", "expires_at")
    ordering = ("-id",)
    actions = ("end",)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None and self.has_module_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # made on the page of the settings, by staff like by everybody

    @admin.display
    def link(self, row: Invite) -> str:
        return format_html('<a href="{}">{}</a>', row.path, row.code)

    @admin.display(description="made by")
    def maker(self, row: Invite) -> str:
        return row.made_by.handle

    @admin.action(description="End: they let nobody in any more")
    def end(self, request: HttpRequest, rows: QuerySet[Invite]) -> None:
        done = sum(self.attempt(request, end_invite, row.pk) for row in rows)
        messages.success(request, f"Ended: {done}.")


@admin.register(JoinBlock)
class BlockAdmin(_Managed):
    """What is turned away when somebody joins."""

    list_display = ("value", "kind", "note", "made_by", "made_at")
    list_filter = ("kind",)
    list_select_related = ("made_by",)
    search_fields = ("value", "note")
    fields = ("kind", "value", "note")
    ordering = ("kind", "value")

    def save_model(self, request: HttpRequest, obj: JoinBlock, form: Any, change: bool) -> None:
        self.attempt(request, add_block, obj)

    def delete_model(self, request: HttpRequest, obj: JoinBlock) -> None:
        self.attempt(request, remove_block, obj)

    def delete_queryset(self, request: HttpRequest, rows: QuerySet[JoinBlock]) -> None:
        for row in rows:
            self.attempt(request, remove_block, row)


def _staff(request: HttpRequest) -> User:
    return cast(User, request.user)
