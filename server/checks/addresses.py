"""How people get here: the address, its name in DNS, the front door with its certificate, the proxies."""

from datetime import timedelta

from django.conf import settings
from django.http.request import validate_host
from django.utils import timezone

from common import own_site
from common.outside import Unreachable
from common.own_site import OwnAnswer
from common.public_addresses import is_public
from server.checks.finding import Finding, Visit, bad, good, idle, warning

_CERTIFICATE_DAYS = 14  # robots renew theirs 30 days before the end
_LEADS_ELSEWHERE = (301, 302, 303, 307, 308)
_SAY_HOST = "Let the proxy pass the Host header on, and name the host in ALLOWED_HOSTS."
_PROXY_HTTPS = (
    "Let the proxy say X-Forwarded-Proto, and set TRUSTED_PROXIES to the number of proxies in front"
    " (docs/running.md has both for nginx and Caddy)."
)


def look_at_address(visit: Visit) -> Finding:
    """Whether SITE_URL is one that others can use, and this server answers for its host."""
    host = own_site.host()
    if not validate_host(f"[{host}]" if ":" in host else host, settings.ALLOWED_HOSTS):
        return bad(
            f"ALLOWED_HOSTS does not name {host}: whoever opens {settings.SITE_URL} gets 400.",
            f"Add {host} to ALLOWED_HOSTS and start anew.",
        )
    if settings.SITE_IS_LOCAL:
        return warning(
            f"SITE_URL is {settings.SITE_URL}: only this machine can reach that.",
            "For a trial that is right. Before others come, set SITE_URL to the public address, with https.",
        )
    if not settings.SITE_IS_HTTPS:
        return bad(
            f"SITE_URL is {settings.SITE_URL}: passwords travel readable for everybody on the way.",
            "Put a proxy with a certificate in front and set SITE_URL to https (docs/running.md).",
        )
    return good(f"{settings.SITE_URL}, and ALLOWED_HOSTS names its host.")


def look_at_name(visit: Visit) -> Finding:
    """Whether the name of the site leads to an address that others reach."""
    if settings.SITE_IS_LOCAL:
        return idle("SITE_URL is this machine.")
    try:
        found = own_site.addresses()
    except Unreachable:
        found = []
    if not found:
        return bad(
            f"Nobody knows where {own_site.host()} is.",
            "Make an A (and AAAA) record for it at whoever runs your DNS; it may take an hour to be seen.",
        )
    private = [address for address in found if not is_public(address)]
    if private:
        return warning(
            f"{own_site.host()} leads to {', '.join(private)}, which is not on the public internet.",
            "In a network of your own that is right. Else correct the A and AAAA records.",
        )
    return good(f"{own_site.host()} leads to {', '.join(found)}.")


def look_at_front(visit: Visit) -> Finding:
    """Whether SITE_URL, asked from outside, is answered by this site, and how long its certificate holds."""
    try:
        answer = own_site.ask("/robots.txt")
    except Unreachable as error:
        return bad(
            f"{settings.SITE_URL} cannot be opened from here: {error}.",
            "Look whether the proxy runs, listens on that port, and has a certificate for this name"
            " that browsers trust.",
        )
    return _wrong_answer(answer) or _certificate(answer)


def _wrong_answer(answer: OwnAnswer) -> Finding | None:
    """None when it was this site that answered, as it should."""
    said = f"{settings.SITE_URL} answers {answer.status}"
    if answer.status in _LEADS_ELSEWHERE:
        goal = answer.headers.get("location", "")
        if goal.startswith(f"{settings.SITE_URL}/"):
            return bad("The site sends whoever asks back to the address they asked for.", _PROXY_HTTPS)
        return bad(f"{said} and leads to {goal[:100]}.", "Set SITE_URL to the address where people end up.")
    if answer.status == 400:
        return bad(f"{said}: the host that the proxy asks for is not one of ours.", _SAY_HOST)
    if answer.status in (502, 503, 504):
        return bad(
            f"{said}: the proxy is there, and does not reach the site.",
            "Compare the address in its configuration with HOST and PORT.",
        )
    if answer.status != 200:
        return bad(f"{said}.", "Look into the log of the proxy, then into that of the site.")
    if f"Sitemap: {settings.SITE_URL}/sitemap.xml" not in answer.body.decode(errors="replace"):
        return bad(
            f"{settings.SITE_URL} is answered by something else than this site.",
            "Let DNS and the proxy lead to this server.",
        )
    return None


def _certificate(answer: OwnAnswer) -> Finding:
    until = answer.certificate_until
    if until is None:
        return good(f"{settings.SITE_URL} is answered by this site, without TLS.")
    day = f"{until:%d %B %Y}"
    if until - timezone.now() < timedelta(days=_CERTIFICATE_DAYS):
        return warning(
            f"The certificate ends on {day}.",
            "Renew it, and see why that did not happen by itself (certbot renew, or the log of Caddy).",
        )
    return good(f"{settings.SITE_URL} is answered by this site; its certificate holds until {day}.")


def look_at_plain_http(visit: Visit) -> Finding:
    """Whoever types the name alone comes without encryption, and is to be led to it."""
    if not settings.SITE_IS_HTTPS or own_site.has_own_port():
        return idle("SITE_URL has another port, or no https.")
    try:
        answer = own_site.ask("/", encrypted=False)
    except Unreachable as error:
        return warning(
            f"http://{own_site.host()} cannot be opened: {error}.",
            "Let the proxy listen on port 80, too, and lead to https: older browsers begin there.",
        )
    goal = answer.headers.get("location", "")
    if answer.status in _LEADS_ELSEWHERE and goal.startswith(f"{settings.SITE_URL}/"):
        return good(f"http://{own_site.host()} leads to https.")
    return bad(
        f"http://{own_site.host()} answers {answer.status} and does not lead to https.",
        "Let the proxy answer on port 80 with nothing but a redirect to https.",
    )


def look_at_proxies(visit: Visit) -> Finding:
    """Whether the server sees the people behind its proxies, and each as one of their own."""
    hops = [hop for hop in visit.forwarded.split(",") if hop.strip()]
    if not visit.client:
        return idle("Only a browser's request can tell.", "Open Moderation, Doctor, and look from there.")
    if len(hops) < settings.TRUSTED_PROXIES:
        return bad(
            f"TRUSTED_PROXIES is {settings.TRUSTED_PROXIES}, and your request came through {len(hops)}"
            " that say X-Forwarded-For.",
            "Let every proxy add to X-Forwarded-For, or set TRUSTED_PROXIES to how many there are.",
        )
    if settings.SITE_IS_LOCAL:
        return idle("SITE_URL is this machine.")
    if hops and not settings.TRUSTED_PROXIES:
        return bad(
            "A proxy asks for you, and TRUSTED_PROXIES is 0: everybody has the address of the proxy,"
            " and the pace limits slow all of them together.",
            "Set TRUSTED_PROXIES to the number of proxies in front.",
        )
    if not is_public(visit.client):
        return warning(
            f"You seem to come from {visit.client}, which is not on the public internet.",
            "In a network of your own that is right. Else TRUSTED_PROXIES is not the number of proxies.",
        )
    return good(f"TRUSTED_PROXIES is {settings.TRUSTED_PROXIES}, and you come from a public address.")
