"""How often a browser may ask: by the person who is signed in, else by the address it comes from.

Every request counts for `pages` or `deeds`; what is dear, or a gate for guessing, counts for a rate of its
own as well. The numbers are RATES_… of settings/product.py, and what counting means is told in common/rates.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from accounts.models import User
from common import rates
from common.errors import HouseError, TooMany
from web.devices import device_of
from web.errors import house_error_page

View = TypeVar("View", bound=Callable[..., HttpResponse])

_LOOKING = {"GET", "HEAD", "OPTIONS"}
_PARTS_OF_PAGES = {"media", "initials", "opened_link"}
# They look the same for everybody, so no cookie is read there, not even to find out who asks.
_SAME_FOR_ALL = {
    "embed", "oembed", "robots", "manifest", "favicon", "sitemap", "sitemap_people", "sitemap_tweets",
}  # fmt: skip


class Pace:
    """In front of every view that a browser reaches."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        name = request.resolver_match.url_name if request.resolver_match else None
        if name in _PARTS_OF_PAGES or not rates.applies_to(_address(request)):
            return None
        rate = "pages" if request.method in _LOOKING else "deeds"
        standing = rates.tally(rate, _key(request, is_same_for_all=name in _SAME_FOR_ALL))
        if not standing.is_exceeded:
            return None
        wait = standing.wait_seconds
        sentence = f"That was a lot in a short time. Wait {rates.in_words(wait)}, then go on."
        return house_error_page(request, TooMany(sentence, wait))


def check(request: HttpRequest, rate: str, sentence: str = "", *, cost: int = 1) -> None:
    """Count for the person, or for the visitor's address. Raises TooMany, and NotNow for a way in."""
    if rates.applies_to(_address(request)):
        rates.check(rate, _key(request), sentence, cost=cost)


def check_address(request: HttpRequest, rate: str, sentence: str = "") -> None:
    """The same by the address, whoever is signed in."""
    if rates.applies_to(_address(request)):
        rates.check(rate, rates.address_key(_address(request)), sentence)


def check_device(request: HttpRequest, rate: str, sentence: str = "") -> None:
    """The same by the device, if somebody has signed in on it before: others of its address do not count."""
    if name := device_of(request).name:
        check_named(request, rate, f"device:{name}")
    else:
        check_address(request, rate, sentence)


def check_named(request: HttpRequest, rate: str, name: str) -> None:
    """The same by what is asked for, whoever asks."""
    if rates.applies_to(_address(request)):
        rates.check(rate, name.lower())


def may_mail(request: HttpRequest, email: str) -> bool:
    """Whether another mail to confirm that address may go out now."""
    if not rates.applies_to(_address(request)):
        return True
    try:
        here = rates.address_key(_address(request))
        rates.check_each([("confirm_email", here, ""), ("confirm_email_mail", email.lower(), "")])
    except HouseError:
        return False
    return True


def paced(rate: str, count: Callable[[HttpRequest, str], object] = check) -> Callable[[View], View]:
    """A view to which whatever is sent counts for that rate, before anything else is looked at."""

    def decorate(view: View) -> View:
        @wraps(view)
        def counted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method not in _LOOKING:
                count(request, rate)
            return view(request, *args, **kwargs)

        return cast(View, counted)

    return decorate


def _key(request: HttpRequest, *, is_same_for_all: bool = False) -> str:
    if is_same_for_all or settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return rates.address_key(_address(request))
    user = request.user
    return str(user.pk) if isinstance(user, User) else rates.address_key(_address(request))


def _address(request: HttpRequest) -> str:
    """What common.middleware.ClientAddress found."""
    return str(request.META.get("REMOTE_ADDR", ""))
