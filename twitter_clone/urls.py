"""All addresses: pages, and the admin under a path of the owner's choice."""

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

# One page changes passwords: with limits on guessing, a mail to the owner, and an end to other sessions.
_password_page = RedirectView.as_view(pattern_name="settings_password")

urlpatterns: list[URLPattern | URLResolver] = [
    path(f"{settings.ADMIN_PATH}/password_change/", _password_page),
    path(f"{settings.ADMIN_PATH}/password_change/done/", _password_page),
    path(f"{settings.ADMIN_PATH}/", admin.site.urls),
    path("", include("api.urls")),
    path("", include("web.urls")),
]

handler400 = "web.views.errors.bad_request"
handler500 = "web.views.errors.server_error"
handler429 = "web.views.errors.too_many"  # looked up by django-allauth
