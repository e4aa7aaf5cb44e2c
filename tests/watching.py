"""The log as machines read it: each line an object."""

import io
import json
import logging

from common.logs import Discreet, OneLine, formatter


class Lines(logging.StreamHandler):
    """A second console beside the real one, drawn as in production."""

    def __init__(self) -> None:
        super().__init__(io.StringIO())
        self.setFormatter(formatter(as_json=True, colours=False))
        self.addFilter(OneLine())
        self.addFilter(Discreet())

    @property
    def text(self) -> str:
        return self.stream.getvalue()

    def all(self, logger: str = "") -> list[dict]:
        """What was said, by that logger or by all."""
        lines = [json.loads(line) for line in self.text.splitlines()]
        return [line for line in lines if line["logger"] == logger or not logger]
