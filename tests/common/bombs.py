"""Run as a program: look at large files, one after the other, and tell what each cost."""

import json
import re
import sys
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from PIL import Image

from common.errors import Invalid
from common.images import inspect, shrink
from tests.common import picture_files as files


def bombs() -> Iterator[tuple[str, bytes]]:
    yield "PNG of 400 megapixels", files.giant_png(20_000, 20_000)
    yield "PNG of two thousand million pixels a side", files.announced_png(2**31 - 1)
    yield "GIF of 65535 pixels a side", files.giant_gif(65_535, 65_535)
    yield "JPEG of 65535 pixels a side", files.giant_jpeg(65_535, 65_535)
    yield "WebP of 16383 pixels a side", files.giant_webp(16_383, 16_383)
    yield "PNG with 200 MB of text", files.stuffed_png(b"zTXt", 200_000_000)
    yield "PNG with 200 MB of colour profile", files.stuffed_png(b"iCCP", 200_000_000)
    yield "PNG with 200 MB of international text", files.stuffed_png(b"iTXt", 200_000_000)
    yield "JPEG of ten thousand scans", files.scanned_jpeg(10_000)
    yield "GIF of a hundred thousand frames", files.repeated_gif(100_000)


def largest() -> Iterator[tuple[str, bytes]]:
    """What is taken just so."""
    yield "PNG", files.plain("PNG", (8000, 5000), (9, 9, 9, 90), mode="RGBA")
    yield "WebP", files.plain("WEBP", (4200, 4300), (9, 9, 9, 90), mode="RGBA")
    yield "JPEG", files.encoded(Image.new("RGB", (8000, 5000)), "JPEG", progressive=True, subsampling=0)


def cost(data: bytes) -> dict[str, object]:
    before = _forget_peak()
    started = time.process_time()  # what others do meanwhile is not its cost
    try:
        shrink(inspect(BytesIO(data)), 400)
        outcome = "taken"
    except Invalid as error:
        outcome = error.message
    return {
        "outcome": outcome,
        "seconds": time.process_time() - started,
        "mib": _peak_mib() - before,
        "bytes": len(data),
    }


def _forget_peak() -> float:
    """Let Linux measure anew; what the process holds now."""
    Path("/proc/self/clear_refs").write_text("5")
    return _mib("VmRSS")


def _peak_mib() -> float:
    return _mib("VmHWM")


def _mib(name: str) -> float:
    found = re.search(rf"{name}:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(found[1]) / 1024 if found else 0.0


if __name__ == "__main__":
    wanted = {"bombs": bombs, "largest": largest}[sys.argv[1]]
    print(json.dumps({name: cost(data) for name, data in wanted()}))  # noqa: T201  its purpose
