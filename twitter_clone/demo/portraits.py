"""Profile pictures drawn on the spot: one simple thing on a coloured ground. Places are in percent."""

import math
from collections.abc import Callable
from io import BytesIO

from PIL import Image, ImageDraw

from twitter_clone.demo.landscapes import gradient

_SIDE = 800  # pixels, shrunk by half: that makes smooth edges


def portrait(name: str) -> BytesIO:
    """The picture of that name as a file. Raises KeyError when there is none."""
    colours, paint = PORTRAITS[name]
    pen = _Pen(gradient(colours, (_SIDE, _SIDE)))
    paint(pen)
    file = BytesIO()
    pen.image.resize((_SIDE // 2, _SIDE // 2), Image.Resampling.LANCZOS).save(file, "PNG")
    file.seek(0)
    return file


class _Pen:
    """Draws in percent."""

    def __init__(self, image: Image.Image) -> None:
        self.image = image
        self._draw = ImageDraw.Draw(image)

    def disc(self, x: float, y: float, radius: float, colour: str, *, flat: float = 1.0) -> None:
        self._draw.ellipse(
            self._box(x - radius, y - radius * flat, x + radius, y + radius * flat), fill=colour
        )

    def slice(self, x: float, y: float, radius: float, start: float, end: float, colour: str) -> None:
        self._draw.pieslice(
            self._box(x - radius, y - radius, x + radius, y + radius), start, end, fill=colour
        )

    def box(
        self, left: float, top: float, right: float, bottom: float, colour: str, *, round_by: float = 0
    ) -> None:
        self._draw.rounded_rectangle(self._box(left, top, right, bottom), round_by * _SIDE / 100, fill=colour)

    def shape(self, colour: str, *points: tuple[float, float]) -> None:
        self._draw.polygon([(x * _SIDE / 100, y * _SIDE / 100) for x, y in points], fill=colour)

    def line(self, colour: str, width: float, *points: tuple[float, float]) -> None:
        places = [(x * _SIDE / 100, y * _SIDE / 100) for x, y in points]
        self._draw.line(places, fill=colour, width=round(width * _SIDE / 100), joint="curve")

    def wave(self, base: float, height: float, length: float, shift: float, colour: str) -> None:
        top = [(x, base - height * math.sin((x + shift) / length * math.tau)) for x in range(101)]
        self.shape(colour, *top, (100, 100), (0, 100))

    def leaf(self, x: float, y: float, length: float, angle: float, colour: str) -> None:
        """A leaf from its foot to its tip; the angle in degrees, 0 to the right, clockwise."""
        along = [step / 24 for step in range(25)]
        turn = math.radians(angle)
        edge = [
            (length * t, side * length * 0.3 * math.sin(math.pi * t**0.8))
            for side in (1, -1)
            for t in (along if side == 1 else along[::-1])
        ]
        self.shape(
            colour,
            *(
                (x + a * math.cos(turn) - b * math.sin(turn), y + a * math.sin(turn) + b * math.cos(turn))
                for a, b in edge
            ),
        )

    @staticmethod
    def _box(left: float, top: float, right: float, bottom: float) -> tuple[float, float, float, float]:
        left, top, right, bottom = (value * _SIDE / 100 for value in (left, top, right, bottom))
        return left, top, right, bottom


def _evening(pen: _Pen) -> None:
    pen.disc(62, 40, 18, "#fff1d6")
    pen.wave(68, 9, 110, 55, "#8b4a6b")
    pen.wave(82, 7, 95, 20, "#4b2a52")


def _peak(pen: _Pen) -> None:
    pen.disc(76, 26, 9, "#fff7de")
    pen.shape("#4a6aa3", (38, 100), (70, 46), (104, 100))
    pen.shape("#2e4a7d", (2, 100), (42, 34), (82, 100))
    pen.shape("#ffffff", (42, 34), (53, 52), (46, 49), (41, 56), (35, 50), (31, 52.5))


def _sprout(pen: _Pen) -> None:
    pen.line("#2f5d3a", 3.5, (50, 90), (50, 40))
    pen.leaf(50, 66, 36, 215, "#4f9a62")
    pen.leaf(50, 56, 36, -40, "#2f7a48")
    pen.disc(50, 31, 9, "#f2a65a")


def _moon(pen: _Pen) -> None:
    pen.disc(50, 42, 25, "#e9b44c")
    pen.slice(50, 42, 25, -90, 90, "#d08c2e")
    pen.wave(76, 4, 34, 0, "#2c6e8a")
    pen.wave(87, 3.5, 34, 12, "#1b4d68")


def _cup(pen: _Pen) -> None:
    pen.disc(72, 60, 13, "#fff6ea")
    pen.disc(72, 60, 7, "#d7845a")
    pen.box(26, 42, 72, 76, "#fff6ea", round_by=9)
    pen.disc(49, 84, 34, "#b65f3d", flat=0.12)
    for x in (38, 50, 62):
        pen.line("#fbe3d0", 2.6, *((x + 3 * math.sin(y / 3.2), y) for y in range(16, 36)))


def _fish(pen: _Pen) -> None:
    pen.shape("#f28f5b", (66, 52), (88, 34), (84, 52), (88, 70))
    pen.disc(46, 52, 28, "#f6a76c", flat=0.62)
    pen.shape("#f28f5b", (38, 40), (52, 24), (58, 40))
    pen.disc(31, 47, 4.6, "#ffffff")
    pen.disc(30, 47, 2.3, "#16324a")
    for x, y in ((16, 32), (12, 20), (19, 12)):
        pen.disc(x, y, 2.8, "#d6eef2")


def _cactus(pen: _Pen) -> None:
    pen.disc(78, 24, 11, "#fdf0c8")
    pen.box(43, 24, 57, 80, "#3b8461", round_by=7)
    pen.line("#3b8461", 9, (30, 40), (30, 56), (48, 56))
    pen.line("#3b8461", 9, (70, 34), (70, 48), (52, 48))
    for x, y in ((30, 40), (70, 34), (30, 56), (70, 48)):
        pen.disc(x, y, 4.5, "#3b8461")
    pen.shape("#c8663f", (34, 74), (66, 74), (61, 94), (39, 94))
    pen.box(31, 71, 69, 78, "#d97a50", round_by=2)


def _balloon(pen: _Pen) -> None:
    pen.disc(50, 38, 26, "#e8576a")
    pen.shape("#e8576a", (27, 50), (73, 50), (56, 70), (44, 70))
    pen.disc(50, 38, 13, "#f7c66a", flat=2)
    pen.shape("#f7c66a", (39, 52), (61, 52), (54, 70), (46, 70))
    for x in (44.5, 55.5):
        pen.line("#5b4a57", 0.9, (x, 70), (x + (50 - x) * 0.25, 80))
    pen.box(43, 79, 57, 90, "#8a5a3c", round_by=2.5)


def _boat(pen: _Pen) -> None:
    pen.shape("#ffffff", (52, 14), (52, 64), (82, 64))
    pen.shape("#f3d9a4", (47, 22), (47, 64), (24, 64))
    pen.shape("#c2503f", (16, 68), (86, 68), (74, 82), (28, 82))
    pen.wave(84, 2.6, 26, 4, "#2b6f9c")
    pen.wave(92, 2.4, 26, 15, "#1d5580")


def _house(pen: _Pen) -> None:
    pen.disc(80, 20, 7, "#fdf3cf")
    pen.wave(80, 6, 120, 70, "#35573f")
    pen.box(64, 28, 71, 46, "#7b3f33")
    pen.box(28, 48, 74, 84, "#f4e7d3")
    pen.shape("#b4513f", (22, 50), (51, 24), (80, 50))
    pen.box(45, 62, 57, 84, "#6e4a38", round_by=1)
    for x in (34, 62):
        pen.box(x, 56, x + 7, 64, "#f6c65b", round_by=0.8)
    pen.wave(92, 3, 90, 30, "#274532")


def _owl(pen: _Pen) -> None:
    body, breast = "#7a5a48", "#d8b894"
    pen.shape(body, (28, 20), (40, 30), (26, 42))
    pen.shape(body, (72, 20), (60, 30), (74, 42))
    pen.disc(50, 60, 28, body, flat=1.2)
    pen.disc(50, 72, 17, breast, flat=1.1)
    for x in (39, 61):
        pen.disc(x, 46, 11.5, "#fff4df")
        pen.disc(x, 46, 5.4, "#23202b")
        pen.disc(x + 2, 44, 1.7, "#ffffff")
    pen.shape("#f0a23c", (50, 60), (45.5, 52), (54.5, 52))


PORTRAITS: dict[str, tuple[tuple[str, ...], Callable[[_Pen], None]]] = {
    "evening": (("#f7c59f", "#ef8a6f"), _evening),
    "peak": (("#b7d3f2", "#7ea0d6"), _peak),
    "sprout": (("#e3f1e6", "#d3e8d8"), _sprout),
    "moon": (("#16324a", "#1d4058"), _moon),
    "cup": (("#e49a70", "#d7845a"), _cup),
    "fish": (("#7cc3cf", "#3e8ea4"), _fish),
    "cactus": (("#f6cf9c", "#efa981"), _cactus),
    "balloon": (("#bfe3f3", "#8fc5e4"), _balloon),
    "boat": (("#a5d4ea", "#d8eef3"), _boat),
    "house": (("#2d4f77", "#6f8fb0"), _house),
    "owl": (("#3a3f6b", "#5a5f95"), _owl),
}
