"""Sessions: a page that is only read does not depend on being kept; and now and then, that one is in use."""

import logging
import time

from django.conf import settings
from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from accounts.actions import note_seen
from common.outages import outage_of

logger = logging.getLogger(__name__)
_SEEN = "seen_at"  # session: when the list of devices was told last, in seconds since 1970


def begin_seeing(request: HttpRequest) -> None:
    """Somebody has just signed in."""
    request.session[_SEEN] = int(time.time())


class Sessions(SessionMiddleware):
    """What a look leaves in the session can wait: on a full or locked disk people go on reading."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        try:
            _see(request)
            return super().process_response(request, response)
        except (DatabaseError, SessionInterrupted) as error:
            if request.method not in {"GET", "HEAD"} or outage_of(error) is None:
                raise
            logger.warning("A session was not kept: %s", " ".join(str(error).split()))
            return response


def _see(request: HttpRequest) -> None:
    """Note that the session is in use, if that was noted SESSION_SEEN_MINUTES ago. Of a session that nobody
    asked for nothing is loaded.
    """
    session = request.session
    if not session.accessed or not session.session_key or _SEEN not in session:
        return
    if time.time() - session[_SEEN] >= settings.SESSION_SEEN_MINUTES * 60:
        begin_seeing(request)
        note_seen(session.session_key)
