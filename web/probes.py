"""The questions of machines, answered under any name: a probe knows our address and not our hosts."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from web.views.health import healthz, readyz

_PROBES = {"/healthz": healthz, "/readyz": readyz}


class Probes:
    """Stands before the first look at the Host header; the answers repeat nothing of the request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return _PROBES.get(request.path_info, self.get_response)(request)
