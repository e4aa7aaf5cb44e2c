"""What staff see of people: to find somebody, to suspend and to restore, to set a new password."""

from typing import Any, cast

import allauth.account.admin
import allauth.mfa.admin
import allauth.usersessions.admin  # noqa: F401
from allauth.account.decorators import secure_admin_login
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

from accounts.actions import end_second_step, end_sessions, note_admin_deed, restore_user, suspend_user
from accounts.models import User
from audit.deeds import Deed
from common.errors import NotAllowed

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
    )
    list_filter = ("state", "is_staff", ("email_confirmed_at", admin.EmptyFieldListFilter))
    search_fields = ("username", "display_name", "email")
    search_help_text = "Name, display name or e-mail address"
    ordering = ("-id",)
    list_per_page = 50
    show_full_result_count = False
    actions = ("suspend", "restore", "end_second_steps")
    filter_horizontal = ()
    # What a person decides about themselves is theirs; state and address change through actions only.
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
                )
            },
        ),
        ("Profile", {"fields": ("display_name", "bio", "location", "website")}),
        ("E-mail", {"fields": ("email", "email_confirmed_at")}),
        ("Rights", {"fields": ("is_staff", "is_superuser")}),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        """People are made by joining or by `manage.py create_user`, where all rules hold."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Suspend instead: it can be taken back."""
        return False

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Changed rights are a role given, whichever of the flags say so."""
        changed = [name for name in form.changed_data if name in form.fields]
        before = User.objects.get(pk=obj.pk)
        staff = cast(User, request.user)
        with transaction.atomic():
            obj.save(update_fields=changed)
            if before.staff_role != obj.staff_role:
                roles = {"role": before.staff_role.value}, {"role": obj.staff_role.value}
                note_admin_deed(staff, Deed.GIVE_ROLE, obj, *roles)
            if words := [name for name in changed if name not in ("is_staff", "is_superuser")]:
                facts = [{name: getattr(one, name) for name in words} for one in (before, obj)]
                note_admin_deed(staff, Deed.CHANGE_PERSON, obj, *facts)

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> Any:  # noqa: A002
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

    @admin.action(description="Suspend: end all sessions, refuse sign-in", permissions=["change"])
    def suspend(self, request: HttpRequest, people: QuerySet[User]) -> None:
        self._each(request, people, suspend_user, "suspended")

    @admin.action(description="Restore suspended people", permissions=["change"])
    def restore(self, request: HttpRequest, people: QuerySet[User]) -> None:
        self._each(request, people, restore_user, "restored")

    @admin.action(description="Turn off two-step sign-in, of who lost everything", permissions=["change"])
    def end_second_steps(self, request: HttpRequest, people: QuerySet[User]) -> None:
        done = sum(_is_ended(cast(User, request.user), person) for person in people)
        messages.success(request, f"Two-step sign-in of {done} {'person' if done == 1 else 'people'} is off.")

    def _each(self, request: HttpRequest, people: QuerySet[User], action: Any, word: str) -> None:
        done = 0
        for person in people:
            try:
                action(request.user, person)
                done += 1
            except NotAllowed as error:
                messages.error(request, f"{person.handle}: {error.message}")
        messages.success(request, f"{done} {'person' if done == 1 else 'people'} {word}.")


@transaction.atomic
def _is_ended(staff: User, person: User) -> bool:
    is_ended = bool(end_second_step(person))
    if is_ended:
        note_admin_deed(staff, Deed.END_SECOND_STEP, person)
    return is_ended


def _password_of(user_id: str) -> str | None:
    return User.objects.filter(pk=user_id).values_list("password", flat=True).first()
