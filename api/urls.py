"""The table of the API: every address, its methods, who may use them and with which scope.

Its lines are in `api/routes`. docs/api.md tells the same to people, and a test compares.
"""

from django.urls import URLPattern

from api import errors
from api.routes import ROUTES

urlpatterns: list[URLPattern] = ROUTES

handler400 = errors.bad_request
handler404 = errors.not_found
handler500 = errors.server_error
