"""What browsers and search engines ask for by custom, without having read a page."""

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.views.decorators.http import require_safe

_NOT_FOR_ROBOTS = (
    "/settings/",
    "/create/",
    "/edit/",
    "/delete/",
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
_FOR_A_DAY = {"Cache-Control": "public, max-age=86400"}  # the name of the icon changes with its content


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Search engines may read what people wrote; those who train models with it only if the owner agrees."""
    said = _ROBOTS if settings.AI_TRAINING_ALLOWED else f"{_ROBOTS}\n{_NO_TRAINING}"
    return HttpResponse(said, content_type="text/plain; charset=utf-8", headers=_FOR_A_DAY)


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    return HttpResponsePermanentRedirect(staticfiles_storage.url("web/favicon.svg"), headers=_FOR_A_DAY)
