"""What clients send with pictures: the file, and where its middle is."""

from typing import IO, Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers


@extend_schema_field({"type": "string", "format": "binary"})
class Upload(serializers.Field[Any, Any, Any, Any]):
    """A file of a multipart body; other bodies have none."""

    default_error_messages = {"invalid": "Send the file as part of a multipart form."}

    def to_internal_value(self, data: Any) -> IO[bytes]:
        if not hasattr(data, "chunks"):
            self.fail("invalid")
        found: IO[bytes] = data
        return found

    def to_representation(self, value: Any) -> Any:
        return value


@extend_schema_field({"type": "string"})
class Focus(serializers.Field[Any, Any, Any, Any]):
    """`x,y`, as text; from -1 to 1 each, which the action checks."""

    default_error_messages = {
        "invalid": "Write the focus as two numbers with a comma between them: 0.5,-0.2."
    }

    def to_internal_value(self, data: Any) -> tuple[float, float]:
        parts = data.split(",") if isinstance(data, str) and len(data) < 100 else []
        try:
            x, y = (float(part) for part in parts)
        except ValueError:
            self.fail("invalid")
        return x, y

    def to_representation(self, value: tuple[float, float]) -> str:
        return f"{value[0]},{value[1]}"
