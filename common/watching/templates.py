"""Django's templates, with the time that drawing takes."""

from time import perf_counter
from typing import Any

from django.http import HttpRequest
from django.template.backends.django import DjangoTemplates, Template

from common.watching.tally import current


class TimedTemplates(DjangoTemplates):
    """The same, whose templates count into the tally of the work in hand."""

    def from_string(self, template_code: str) -> Template:
        return _timed(super().from_string(template_code))

    def get_template(self, template_name: str) -> Template:
        return _timed(super().get_template(template_name))


class _Timed(Template):
    def render(self, context: dict[str, Any] | None = None, request: HttpRequest | None = None) -> str:
        tally = current()
        if tally is None or tally.template_depth:  # one inside another is in the other's time
            return super().render(context, request)
        tally.template_depth = 1
        began, asked = perf_counter(), tally.query_seconds
        try:
            return super().render(context, request)
        finally:
            tally.template_depth = 0
            asked = tally.query_seconds - asked  # what it asked of the database meanwhile is told there
            tally.template_seconds += perf_counter() - began - asked


def _timed(template: Template) -> Template:
    template.__class__ = _Timed
    return template
