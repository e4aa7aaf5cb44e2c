"""All addresses: pages, and the admin under a path of the owner's choice."""

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from api.manual import manual
from web.views import developers

# One page changes passwords: with limits on guessing, a mail to the owner, and an end to other sessions.
_password_page = RedirectView.as_view(pattern_name="settings_password")

# Pages for people. What one door says of the other stands here, where both are known.
pages: list[URLPattern | URLResolver] = [
    path("developers/", developers.developers, {"manual": manual}, name="developers"),
    path("developers/<slug:slug>/", developers.chapter, {"manual": manual}, name="developers_chapter"),
    path("", include("web.urls")),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path(f"{settings.ADMIN_PATH}/password_change/", _password_page),
    path(f"{settings.ADMIN_PATH}/password_change/done/", _password_page),
    path(f"{settings.ADMIN_PATH}/", admin.site.urls),
    path("", include("api.urls")),
    *pages,
]

handler400 = "web.views.errors.bad_request"
handler500 = "web.views.errors.server_error"
handler429 = "web.views.errors.too_many"  # looked up by django-allauth
