"""What goes to services outside that watch: errors to Sentry, times to a collector of OpenTelemetry.

Both are lit by a variable and installed from requirements/reporting.txt only where they are wanted. Nothing
about people goes there: no names, addresses, cookies, headers, forms, query strings, or values of variables.
"""

import importlib
from collections.abc import Callable
from time import time_ns
from types import ModuleType
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from common.logs import without_secrets
from common.watching.tally import Tally, current

_INSTALL = "python -m pip install --require-hashes -r requirements/reporting.txt"
_SENT_SECONDS = 5.0  # at most so old is what was not sent yet

Span = Callable[[str, str, int, Tally], None]
_span: Span | None = None


def start(*, sentry_dsn: str, otlp_endpoint: str, service: str, version: str) -> None:
    """Begin to report, where an address is given.

    Raises ImproperlyConfigured if what that needs is not installed, or the address makes no sense.
    """
    if sentry_dsn:
        _start_sentry(_wanted("sentry_sdk", "SENTRY_DSN"), sentry_dsn, version)
    if otlp_endpoint:
        _start_tracing(otlp_endpoint, service, version)


def tell_request(view: str, method: str, status: int, tally: Tally) -> None:
    """One request is over; a span goes to the collector, if there is one."""
    if _span is not None:
        _span(view, method, status, tally)


def _wanted(module: str, variable: str) -> ModuleType:
    try:
        return importlib.import_module(module)
    except ImportError:
        raise ImproperlyConfigured(
            f"{variable} is set, but what it needs is not installed. Install it ({_INSTALL}),"
            f" or take {variable} away."
        ) from None


def _start_sentry(sentry: Any, dsn: str, version: str) -> None:
    logs = _wanted("sentry_sdk.integrations.logging", "SENTRY_DSN")
    try:
        sentry.init(
            dsn=dsn,
            release=version,
            send_default_pii=False,
            include_local_variables=False,
            max_request_body_size="never",
            max_breadcrumbs=0,
            default_integrations=False,
            integrations=[logs.LoggingIntegration(level=None)],  # what the log calls an error
            auto_enabling_integrations=False,
            auto_session_tracking=False,
            traces_sample_rate=None,
            server_name="",
            before_send=_scrubbed,
        )
    except ValueError:  # the sentence of the library repeats the key
        raise ImproperlyConfigured("SENTRY_DSN is no address of a Sentry project.") from None


def _scrubbed(event: dict[str, Any], hint: dict[str, Any]) -> dict[str, Any] | None:
    """The error with its place, and the ids by which our log tells the rest. None for a collector that does
    not answer: that is no error of the site.
    """
    if str(event.get("logger", "")).startswith("opentelemetry"):
        return None
    for part in ("request", "user", "extra", "breadcrumbs", "modules", "contexts"):
        event.pop(part, None)
    for error in event.get("exception", {}).get("values", []):
        error["value"] = without_secrets(str(error.get("value") or ""))
    said = event.get("logentry")
    if said:
        record = hint.get("log_record")
        message = said.get("formatted") or (record.getMessage() if record else said.get("message", ""))
        event["logentry"] = {"message": without_secrets(str(message))}
    tally = current()
    request = getattr(hint.get("log_record"), "request", None)
    request_id = tally.request_id if tally else getattr(request, "request_id", "")
    if request_id:
        event["tags"] = {"request_id": request_id}
    return event


def _start_tracing(endpoint: str, service: str, version: str) -> None:
    global _span
    variable = "OTEL_EXPORTER_OTLP_ENDPOINT"
    trace = _wanted("opentelemetry.sdk.trace", variable)
    export = _wanted("opentelemetry.sdk.trace.export", variable)
    otlp = _wanted("opentelemetry.exporter.otlp.proto.http.trace_exporter", variable)
    resources = _wanted("opentelemetry.sdk.resources", variable)
    kinds = _wanted("opentelemetry.trace", variable)
    about = resources.Resource.create({"service.name": service, "service.version": version})
    provider = trace.TracerProvider(resource=about)
    exporter = otlp.OTLPSpanExporter(endpoint=f"{endpoint.rstrip('/')}/v1/traces")
    provider.add_span_processor(
        export.BatchSpanProcessor(exporter, schedule_delay_millis=int(_SENT_SECONDS * 1000))
    )
    tracer = provider.get_tracer("twitter_clone")

    def tell(view: str, method: str, status: int, tally: Tally) -> None:
        now = time_ns()
        span = tracer.start_span(
            f"{method} {view}", kind=kinds.SpanKind.SERVER, start_time=now - int(tally.seconds * 1e9)
        )
        span.set_attributes(
            {
                "http.request.method": method,
                "http.route": view,
                "http.response.status_code": status,
                "request_id": tally.request_id,
                "db.queries": tally.queries,
                "db.milliseconds": round(tally.query_seconds * 1000, 2),
                "template.milliseconds": round(tally.template_seconds * 1000, 2),
            }
        )
        if status >= 500:
            span.set_status(kinds.Status(kinds.StatusCode.ERROR))
        span.end(end_time=now)

    _span = tell
