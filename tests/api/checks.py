"""What schemathesis looks at in every answer: that it broke nothing, and is as it is described."""

from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

_CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


def faults(case, answer) -> list[str]:
    """What is wrong with the answer, in sentences; nothing when all is well."""
    try:
        case.validate_response(answer, checks=_CHECKS)
    except FailureGroup as failures:
        return [str(failure)[:400] for failure in failures.exceptions]
    return []
