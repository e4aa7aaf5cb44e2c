"""What a client says on an open line."""

import json
from typing import Any

_MOST_BRACKETS = 32  # no message of ours has more; reading what is nested deeply would exhaust the stack


def read_said(text: str) -> dict[str, Any] | None:
    """The object that the text is, None for anything else."""
    if text.count("[") + text.count("{") > _MOST_BRACKETS:
        return None
    try:
        said = json.loads(text)
    except ValueError:
        return None
    return said if isinstance(said, dict) else None
