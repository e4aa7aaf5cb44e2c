"""A QR code as a drawing in the page: no picture is asked for, so nobody else can ask for it either."""

from itertools import groupby

from django.utils.html import format_html
from django.utils.safestring import SafeString
from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

_QUIET = 3  # modules of white around it


def qr_svg(text: str, label: str) -> SafeString:
    """The text as an <svg>, black on white whatever the theme, with a name for screen readers."""
    code = QRCode(border=_QUIET, error_correction=ERROR_CORRECT_M)
    code.add_data(text)
    rows = code.get_matrix()
    dark = "".join(_row(number, row) for number, row in enumerate(rows))
    markup = '<svg class="qr" viewBox="0 0 {0} {0}" role="img" aria-label="{1}"><path d="{2}"/></svg>'
    return format_html(markup, len(rows), label, dark)


def _row(number: int, row: list[bool]) -> str:
    """Its dark stretches, as parts of a path."""
    parts, at = [], 0
    for is_dark, stretch in groupby(row):
        length = len(list(stretch))
        if is_dark:
            parts.append(f"M{at} {number}h{length}v1h-{length}z")
        at += length
    return "".join(parts)
