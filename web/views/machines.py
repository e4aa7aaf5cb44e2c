"""What browsers and search engines ask for by custom, without having read a page."""

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.views.decorators.http import require_safe

from common.naming import site_name
from web.outside import outside_address

_NOT_FOR_ROBOTS = (
    "/settings/",
    "/create/",
    "/edit/",
    "/delete/",
    "/redraft/",
    "/share",
    "/login/",
    "/logout/",
    "/register/",
    "/password/",
    "/confirm-email/",
    "/mailbox/",
    "/search/",
)
# They read the web to train models with it; what only answers a person's question is not among them.
_TRAINERS = (
    "AI2Bot",
    "Amazonbot",
    "anthropic-ai",
    "Applebot-Extended",
    "Bytespider",
    "CCBot",
    "ClaudeBot",
    "cohere-training-data-crawler",
    "Diffbot",
    "FacebookBot",
    "Google-Extended",
    "GPTBot",
    "ImagesiftBot",
    "Meta-ExternalAgent",
    "omgili",
    "PanguBot",
    "Timpibot",
)
_NO_TRAINING = "".join(f"User-agent: {name}\n" for name in _TRAINERS) + "Disallow: /\n"
_ROBOTS = "User-agent: *\n" + "".join(f"Disallow: {path}\n" for path in _NOT_FOR_ROBOTS)
# In the colours of the light theme, as the first moment of a start shows them.
_PAPER, _ACCENT = "#ffffff", "#2457d6"
_FOR_A_DAY = {"Cache-Control": "public, max-age=86400"}  # the name of the icon changes with its content


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Search engines may read what people wrote; those who train models with it only if the owner agrees."""
    said = f"{_ROBOTS}Sitemap: {outside_address('/sitemap.xml')}\n"
    if not settings.AI_TRAINING_ALLOWED:
        said += f"\n{_NO_TRAINING}"
    return HttpResponse(said, content_type="text/plain; charset=utf-8", headers=_FOR_A_DAY)


@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    """How a phone keeps the site among its apps, and hands over what people share from other apps
    (w3.org/TR/appmanifest, w3c.github.io/web-share-target).
    """
    said = {
        "id": "/",
        "name": site_name(),
        "short_name": site_name()[:12].rstrip(),
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": _PAPER,
        "theme_color": _ACCENT,
        "icons": [_icon("favicon.svg", "any", "image/svg+xml"), *_drawn_icons()],
        "shortcuts": [
            {"name": "New tweet", "url": "/create/"},
            {"name": "Notifications", "url": "/notifications/"},
        ],
        "share_target": {
            "action": "/share",
            "method": "GET",
            "params": {"title": "title", "text": "text", "url": "url"},
        },
    }
    return JsonResponse(said, content_type="application/manifest+json", headers=_FOR_A_DAY)


def _drawn_icons() -> list[dict[str, str]]:
    """Those may be cut round: their mark keeps clear of the edge."""
    return [
        {**_icon(f"app-icon-{size}.png", f"{size}x{size}", "image/png"), "purpose": purpose}
        for size in (192, 512)
        for purpose in ("any", "maskable")
    ]


def _icon(name: str, sizes: str, kind: str) -> dict[str, str]:
    return {"src": staticfiles_storage.url(f"web/{name}"), "sizes": sizes, "type": kind}


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    return HttpResponsePermanentRedirect(staticfiles_storage.url("web/favicon.svg"), headers=_FOR_A_DAY)
