"""Sessions, of which a page that is only read does not depend on being kept."""

import logging

from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from common.outages import outage_of

logger = logging.getLogger(__name__)


class Sessions(SessionMiddleware):
    """What a look leaves in the session can wait: on a full or locked disk people go on reading."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        try:
            return super().process_response(request, response)
        except (DatabaseError, SessionInterrupted) as error:
            if request.method not in {"GET", "HEAD"} or outage_of(error) is None:
                raise
            logger.warning("A session was not kept: %s", " ".join(str(error).split()))
            return response
