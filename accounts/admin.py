"""What the owner sees of people: to find somebody, to set a new password. Measures and roles are decided
under /moderation/, where a reason is asked, mailed and can be appealed; from here one is led there.
"""

from typing import Any, cast

import allauth.account.admin
import allauth.mfa.admin
import allauth.usersessions.admin  # noqa: F401
from allauth.account.decorators import secure_admin_login
from allauth.account.internal.flows.reauthentication import (
    is_reauthentication_required,
    raise_if_reauthentication_required,
)
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.actions import end_second_step, end_sessions, note_admin_deed
from accounts.models import User
from audit.deeds import Deed

# One way in for everyone: the site's own login, with its limits on guessing.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
admin.site.site_header = admin.site.site_title = settings.SITE_NAME
# An address is confirmed by whoever reads its mail, a second step set up by who has the device. Editing these
# rows by hand would go around that.
admin.site.unregister([EmailAddress, UserSession, Authenticator, Group])


@admin.register(User)
class PersonAdmin(UserAdmin[User]):
    list_display = (
        "handle",
        "shown_name",
        "email",
        "proved",
        "state",
        "leaves_at",
        "is_staff",
        "tweets_count",
        "joined",
        "decided",
    )
    list_filter = ("state", "is_staff", ("email_confirmed_at", admin.EmptyFieldListFilter))
    search_fields = ("username", "display_name", "email")
    search_help_text = "Name, display name or e-mail address"
    ordering = ("-id",)
    list_per_page = 50
    show_full_result_count = False
    actions = ("end_second_steps",)
    filter_horizontal = ()
    # What a person decides about themselves is theirs; state, role and address change through actions only.
    readonly_fields = (
        "username",
        "email",
        "email_confirmed_at",
        "state",
        "leaves_at",
        "joined",
        "last_login",
        "tweets_count",
        "bio",
        "location",
        "website",
        "role_here",
        "decided",
    )
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "username",
                    "password",
                    "state",
                    "leaves_at",
                    "joined",
                    "last_login",
                    "tweets_count",
                    "role_here",
                    "decided",
                )
            },
        ),
        ("Profile", {"fields": ("display_name", "bio", "location", "website")}),
        ("E-mail", {"fields": ("email", "email_confirmed_at")}),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        """People are made by joining or by `manage.py create_user`, where all rules hold."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Suspend instead: it can be taken back."""
        return False

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """What can be changed here is what others read of a person; it stands in the audit log."""
        changed = [name for name in form.changed_data if name in form.fields]
        before = User.objects.get(pk=obj.pk)
        with transaction.atomic():
            obj.save(update_fields=changed)
            if changed:
                facts = [{name: getattr(one, name) for name in changed} for one in (before, obj)]
                note_admin_deed(cast(User, request.user), Deed.CHANGE_PERSON, obj, *facts)

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> Any:  # noqa: A002
        """Only for whoever has just shown that they are staff; what was typed before that is not kept."""
        if request.method == "POST" and is_reauthentication_required(request, app="allauth.account"):
            return redirect(request.path)
        raise_if_reauthentication_required(request, app="allauth.account")
        with transaction.atomic():
            before = _password_of(id)
            response = super().user_change_password(request, id, form_url)
            if is_changed := before != _password_of(id):
                note_admin_deed(cast(User, request.user), Deed.SET_PASSWORD, User.objects.get(pk=id))
        if is_changed:
            end_sessions(int(id), but=request.session.session_key)
        return response

    @admin.display(description="name", ordering="username")
    def handle(self, user: User) -> str:
        return user.handle

    @admin.display(description="confirmed", boolean=True, ordering="email_confirmed_at")
    def proved(self, user: User) -> bool:
        return user.is_confirmed

    @admin.display(description="joined", ordering="id")
    def joined(self, user: User) -> str:
        return f"{user.joined_at:%Y-%m-%d %H:%M}"

    @admin.display(description="role")
    def role_here(self, user: User) -> str:
        return user.staff_role.label

    @admin.display(description="measures")
    def decided(self, user: User) -> SafeString:
        """The one place where staff take measures against somebody, and lift them."""
        return format_html('<a href="{}">Moderation</a>', reverse("staff_person", args=[user.username]))

    @admin.action(description="Turn off two-step sign-in, of who lost everything", permissions=["change"])
    def end_second_steps(self, request: HttpRequest, people: QuerySet[User]) -> None:
        raise_if_reauthentication_required(request, app="allauth.mfa")
        done = sum(_is_ended(cast(User, request.user), person) for person in people)
        messages.success(request, f"Two-step sign-in of {done} {'person' if done == 1 else 'people'} is off.")


@transaction.atomic
def _is_ended(staff: User, person: User) -> bool:
    is_ended = bool(end_second_step(person))
    if is_ended:
        note_admin_deed(staff, Deed.END_SECOND_STEP, person)
    return is_ended


def _password_of(user_id: str) -> str | None:
    return User.objects.filter(pk=user_id).values_list("password", flat=True).first()
