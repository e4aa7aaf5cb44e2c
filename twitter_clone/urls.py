"""All addresses: pages, and the admin under a path of the owner's choice."""

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path(f"{settings.ADMIN_PATH}/", admin.site.urls),
    path("", include("web.urls")),
]

handler400 = "web.views.errors.bad_request"
handler429 = "web.views.errors.too_many"  # looked up by django-allauth
