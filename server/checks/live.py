"""Whether open pages hear what happens: a real web socket, through whatever stands in front."""

import json

from django.conf import settings

from common import own_site
from common.outside import Unreachable
from common.own_site import Refused
from server.checks.finding import Finding, Visit, bad, good, idle

_PATH = "/live"
_UPGRADE = (
    "Let the proxy pass Upgrade and Connection on for /live, to a process that answers sockets"
    " (bin/run or bin/stream); docs/running.md has it for nginx."
)


def look_at_sockets(visit: Visit) -> Finding:
    """Open one as a page does, say where we are, and hear that nothing was missed."""
    if not (settings.LIVE_SOCKETS or _site_says_so()):
        return idle(
            "LIVE_SOCKETS is off: pages ask by themselves, every half minute.",
            "Where bin/stream runs and the proxy passes /live on to it, set LIVE_SOCKETS=yes.",
        )
    try:
        said = own_site.open_socket(_PATH, {"place": "local", "age": 0})
    except Refused as error:
        return bad(f"{settings.SITE_URL}{_PATH} opens no socket, the answer is {error.status}.", _UPGRADE)
    except Unreachable as error:
        return bad(f"{settings.SITE_URL}{_PATH} opens no socket: {str(error).rstrip('.')}.", _UPGRADE)
    if "ready" not in said:
        return bad("A socket opens, and what answers is not this site.", _UPGRADE)
    return good("A socket opened at the public address and was answered.")


def _site_says_so() -> bool:
    """Whether the running site tells apps of streams: a command beside bin/run has settings of its own."""
    try:
        said = json.loads(own_site.ask("/api/v2/instance").body)
        return bool(said["configuration"]["urls"]["streaming"])
    except (Unreachable, ValueError, LookupError, TypeError):
        return False
