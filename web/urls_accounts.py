"""The addresses of everything about one's own account.

Each carries our name and, where django-allauth looks its pages up, allauth's name too. Of allauth's own
pages only these exist: what we do not draw cannot be reached.
"""

from collections.abc import Callable

from django.http import HttpResponseBase
from django.urls import URLPattern, path, re_path
from django.views.generic import RedirectView

from common.replicas.routing import from_primary
from web.views import welcome
from web.views.authorize import authorize
from web.views.joining import confirmation, passwords, registration, second_step, sign_in
from web.views.mailbox import mailbox
from web.views.settings import data, filters, security
from web.views.settings.account import account_settings
from web.views.settings.appearance import appearance_settings
from web.views.settings.apps import app_settings, create_token
from web.views.settings.delete import delete_account
from web.views.settings.invites import invite_settings
from web.views.settings.notifications import notification_settings
from web.views.settings.password import PasswordSettings
from web.views.settings.preferences import posting_settings, reading_settings
from web.views.settings.privacy import blocked_people, muted_people, privacy_settings
from web.views.settings.profile import profile_settings
from web.views.settings.sessions import session_settings

View = Callable[..., HttpResponseBase]


def _page(route: str, view: View, *names: str) -> list[URLPattern]:
    return [path(route, view, name=name) for name in names]


_reset_key = passwords.PasswordResetKey.as_view()
_RESET_KEY = r"^password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[0-9A-Za-z-]+)/$"

urlpatterns: list[URLPattern] = [
    *_page("register/", registration.Register.as_view(), "register", "account_signup"),
    path("register/username/", registration.check_username, name="check_username"),
    *_page("login/", sign_in.LogIn.as_view(), "login", "account_login"),
    *_page("login/second-step/", second_step.second_step, "second_step", "mfa_authenticate"),
    path("login/passkey/", second_step.log_in_by_passkey, name="log_in_by_passkey"),
    *_page("logout/", sign_in.LogOut.as_view(), "logout", "account_logout"),
    *_page(
        "confirm-email/",
        confirmation.confirm_email_sent,
        "confirm_email_sent",
        "account_email_verification_sent",
    ),
    *_page("confirm-email/<str:key>/", confirmation.confirm_email, "confirm_email", "account_confirm_email"),
    *_page("password/reset/", passwords.PasswordReset.as_view(), "password_reset", "account_reset_password"),
    *_page(
        "password/reset/sent/",
        passwords.password_reset_sent,
        "password_reset_sent",
        "account_reset_password_done",
    ),
    *_page(
        "password/reset/done/",
        passwords.password_reset_done,
        "password_reset_done",
        "account_reset_password_from_key_done",
    ),
    re_path(_RESET_KEY, _reset_key, name="password_reset_key"),
    re_path(_RESET_KEY, _reset_key, name="account_reset_password_from_key"),
    path("settings/", RedirectView.as_view(pattern_name="settings_profile"), name="settings"),
    path("settings/profile/", profile_settings, name="settings_profile"),
    *_page("settings/account/", account_settings, "settings_account", "account_email"),
    *_page("settings/password/", PasswordSettings.as_view(), "settings_password", "account_change_password"),
    path("settings/security/", security.security_settings, name="settings_security"),
    path("settings/security/app/", security.app_for_codes, name="app_for_codes"),
    path("settings/security/app/remove/", security.remove_app, name="remove_app"),
    path("settings/security/codes/", security.recovery_codes, name="recovery_codes"),
    path("settings/security/passkeys/new/", security.add_passkey, name="add_passkey"),
    path(
        "settings/security/passkeys/<int:passkey_id>/remove/", security.remove_passkey, name="remove_passkey"
    ),
    path("settings/invites/", invite_settings, name="settings_invites"),
    path("settings/delete/", delete_account, name="delete_account"),
    path("settings/data/", data.data_settings, name="settings_data"),
    path("settings/data/<int:export_id>/download", data.download, name="download_archive"),
    path("settings/data/<int:export_id>/remove", data.discard, name="discard_archive"),
    path("settings/sessions/", session_settings, name="settings_sessions"),
    path("settings/apps/", app_settings, name="settings_apps"),
    path("settings/apps/token/", create_token, name="create_token"),
    path("settings/privacy/", privacy_settings, name="settings_privacy"),
    path("settings/posting/", posting_settings, name="settings_posting"),
    path("settings/reading/", reading_settings, name="settings_reading"),
    path("settings/blocked/", blocked_people, name="settings_blocked"),
    path("settings/muted/", muted_people, name="settings_muted"),
    path("settings/notifications/", notification_settings, name="settings_notifications"),
    path("settings/filters/", filters.filters, name="settings_filters"),
    path("settings/filters/new/", filters.create, name="create_filter"),
    path("settings/filters/<int:filter_id>/", filters.edit, name="edit_filter"),
    path("settings/filters/<int:filter_id>/delete", filters.destroy, name="delete_filter"),
    path("settings/posting/", posting_settings, name="settings_posting"),
    path("settings/appearance/", appearance_settings, name="settings_appearance"),
    *_page("settings/confirm/", sign_in.Reauthenticate.as_view(), "reauthenticate", "account_reauthenticate"),
    path("welcome/1/", welcome.picture_and_bio, name="welcome"),
    path("welcome/2/", welcome.people, name="welcome_people"),
    path("welcome/3/", welcome.first_tweet, name="welcome_tweet"),
    path("oauth/authorize", authorize, name="authorize"),
    path("mailbox/", mailbox, name="mailbox"),
]

# One's own account is never seen as an old copy: a used link, an ended session, a setting of another device.
for _pattern in urlpatterns:
    _pattern.callback = from_primary(_pattern.callback)
