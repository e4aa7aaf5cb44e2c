"""What the log says about requests that were wrong, not we."""

import logging

_OUTAGES = {503, 507}


class OneLine(logging.Filter):
    """Refused requests are one line each, without a traceback: anyone can send them by the thousand.

    That is django.security and the 4xx of django.request; so are those that a database away or full leaves
    without an answer. Failures of our own keep their traceback.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        if _is_refusal(record):
            record.msg, record.args = " ".join(record.getMessage().split()), ()
            record.exc_info = record.exc_text = record.stack_info = None
        return True


def _is_refusal(record: logging.LogRecord) -> bool:
    if record.name == "django.request":
        status = getattr(record, "status_code", 500)
        return 400 <= status < 500 or status in _OUTAGES
    return record.name.startswith("django.security")
