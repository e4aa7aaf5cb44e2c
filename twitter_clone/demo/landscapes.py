"""Landscapes drawn on the spot: a sky, a sun or moon, hills behind hills, and what stands before them."""

import math
import random
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageColor, ImageDraw

_FINER = 2  # drawn this many times larger, then shrunk: that makes smooth edges

Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Scene:
    """Colours are #rrggbb; places and sizes are parts of the picture's height, `sun_x` of its width."""

    sky: tuple[str, str, str]  # from the top down
    hills: tuple[str, str]  # the farthest and the nearest
    sun: str = "#fff2d8"
    sun_x: float = 0.7
    sun_y: float = 0.4
    sun_size: float = 0.07
    horizon: float = 0.5
    roughness: float = 0.06
    layers: int = 6
    water: tuple[str, str] | None = None
    stars: bool = False
    firs: bool = False
    town: str = ""  # the colour of its lit windows
    boat: str = ""  # the colour of its sail
    birds: bool = False
    flowers: tuple[str, ...] = ()
    rays: bool = False  # a sun with a wider glow


def jpeg(scene: Scene, size: tuple[int, int], seed: int) -> BytesIO:
    """The scene as a file; the same seed gives the same picture."""
    file = BytesIO()
    paint(scene, size, seed).save(file, "JPEG", quality=90)
    file.seek(0)
    return file


def moving_gif(scene: Scene, size: tuple[int, int], seed: int, frames: int = 24) -> BytesIO:
    """The scene while the sun rises over it, a few seconds long."""
    file = BytesIO()
    heights = [
        scene.horizon + scene.sun_size * 2.2 * math.cos(math.pi * n / (frames - 1)) for n in range(frames)
    ]
    images = [_Painter(scene, size, seed, finer=1, sun_y=height).picture() for height in heights]
    images[0].save(file, "GIF", save_all=True, append_images=images[1:], duration=90, loop=0)
    file.seek(0)
    return file


def paint(scene: Scene, size: tuple[int, int], seed: int) -> Image.Image:
    large = _Painter(scene, size, seed, finer=_FINER, sun_y=scene.sun_y).picture()
    return large.resize(size, Image.Resampling.LANCZOS)


def blend(one: str, other: str, part: float) -> Colour:
    """A colour between two: 0 is the first, 1 the second."""
    first, second = ImageColor.getrgb(one)[:3], ImageColor.getrgb(other)[:3]
    red, green, blue = (round(a + (b - a) * part) for a, b in zip(first, second, strict=True))
    return red, green, blue


def gradient(colours: tuple[str, ...], size: tuple[int, int]) -> Image.Image:
    """Colours flowing into each other from the top down."""
    strip = Image.new("RGB", (1, len(colours)))
    for place, colour in enumerate(colours):
        strip.putpixel((0, place), blend(colour, colour, 0))
    # Enlarged by more than its height and cut, because the outer half of each pixel does not flow.
    height = size[1]
    margin = height // (2 * max(len(colours) - 1, 1))
    tall = strip.resize((1, height + 2 * margin), Image.Resampling.BILINEAR)
    return tall.crop((0, margin, 1, margin + height)).resize(size)


class _Painter:
    """Paints one scene from the back to the front."""

    def __init__(self, scene: Scene, size: tuple[int, int], seed: int, *, finer: int, sun_y: float) -> None:
        self.scene = scene
        self.width, self.height = size[0] * finer, size[1] * finer
        self.dice = random.Random(seed)  # noqa: S311  (no secret)
        self.sun_y = sun_y
        self.image = gradient(scene.sky, (self.width, self.height))
        self.draw = ImageDraw.Draw(self.image, "RGBA")

    def picture(self) -> Image.Image:
        if self.scene.stars:
            self._stars()
        self._sun()
        if self.scene.birds:
            self._birds()
        self._hills()
        if self.scene.water:
            self._water(self.scene.water)
        if self.scene.boat:
            self._boat()
        if self.scene.firs:
            self._firs()
        if self.scene.flowers:
            self._flowers()
        return self.image

    def _stars(self) -> None:
        for _ in range(140):
            x, y = self.dice.random() * self.width, self.dice.random() ** 1.4 * self.height * 0.7
            radius = self.height * self.dice.uniform(0.0008, 0.0028)
            light = self.dice.randint(90, 255)
            self.draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=(255, 250, 235, light))

    def _sun(self) -> None:
        x, y = self.scene.sun_x * self.width, self.sun_y * self.height
        radius = self.scene.sun_size * self.height
        reach = round(radius * (5.5 if self.scene.rays else 3.4))
        glow = Image.radial_gradient("L").resize((reach * 2, reach * 2))
        glow = glow.point(
            [max(0, round(190 * (1 - value / 180) ** 1.6)) if value < 180 else 0 for value in range(256)]
        )
        self.image.paste(
            blend(self.scene.sun, self.scene.sky[2], 0.25), (round(x - reach), round(y - reach)), glow
        )
        self.draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=self.scene.sun)

    def _birds(self) -> None:
        x, y = self.dice.uniform(0.2, 0.6) * self.width, self.scene.horizon * self.height * 0.45
        for _ in range(7):
            left, top = (
                x + self.dice.uniform(-0.14, 0.14) * self.width,
                y + self.dice.uniform(-0.1, 0.1) * self.height,
            )
            span = self.height * self.dice.uniform(0.012, 0.024)
            colour, line = blend(self.scene.hills[1], self.scene.sky[1], 0.2), round(self.height * 0.003)
            for side in (0, 1):
                box = (left + side * span, top, left + (side + 1) * span, top + span * 0.9)
                self.draw.arc(box, 200, 340, fill=colour, width=line)

    def _hills(self) -> None:
        layers = self.scene.layers
        floor = self.scene.horizon + (0.16 if self.scene.water else 0.42)
        for layer in range(layers):
            part = layer / max(layers - 1, 1)
            base = self.scene.horizon + (floor - self.scene.horizon) * part
            ridge = self._ridge(base, self.scene.roughness * (1 - part * 0.5))
            colour = blend(self.scene.hills[0], self.scene.hills[1], part)
            if self.scene.town and layer == layers - 1:
                self._town(base, colour)
            self.draw.polygon([*ridge, (self.width, self.height), (0, self.height)], fill=colour)

    def _ridge(self, base: float, roughness: float) -> list[tuple[float, float]]:
        """The line of a hill: waves of several lengths on top of each other."""
        waves = [
            (
                self.dice.uniform(0.6, 1.0) / (n + 1),
                self.dice.uniform(0.6, 1.5) * (n + 1),
                self.dice.uniform(0, 7),
            )
            for n in range(5)
        ]
        step = max(self.width // 240, 2)
        return [
            (
                x,
                (base - roughness * sum(a * math.sin(f * x / self.height * 2 + p) for a, f, p in waves))
                * self.height,
            )
            for x in range(0, self.width + step, step)
        ]

    def _town(self, base: float, colour: Colour) -> None:
        """Houses and towers against the sky, some windows lit."""
        x = 0.0
        while x < self.width:
            wide, tall = (
                self.height * self.dice.uniform(0.04, 0.1),
                self.height * self.dice.uniform(0.06, 0.3),
            )
            top = base * self.height - tall
            self.draw.rectangle((x, top, x + wide, self.height), fill=colour)
            pane = self.height * 0.011
            for row in range(int(tall / (pane * 2.4))):
                for column in range(int(wide / (pane * 2.2))):
                    if self.dice.random() < 0.3:
                        left, upper = x + pane * (0.7 + column * 2.2), top + pane * (0.9 + row * 2.4)
                        self.draw.rectangle(
                            (left, upper, left + pane, upper + pane * 1.3), fill=self.scene.town
                        )
            x += wide + self.height * self.dice.uniform(0, 0.02)

    def _water(self, water: tuple[str, str]) -> None:
        top = round((self.scene.horizon + 0.17) * self.height)
        self.image.paste(gradient(water, (self.width, self.height - top)), (0, top))
        glint = blend(self.scene.sun, water[0], 0.1)
        middle = self.scene.sun_x * self.width
        for n in range(34):
            y = top + (self.height - top) * ((n + 1) / 35) ** 1.3
            spread = self.height * (0.05 + 0.35 * (y - top) / (self.height - top))
            x, half = middle + self.dice.gauss(0, 0.6) * spread, spread * self.dice.uniform(0.1, 0.5)
            thick = self.height * 0.0022 * (1 + n / 14)
            box = (x - half, y, x + half, y + thick)
            self.draw.rounded_rectangle(box, thick / 2, fill=(*glint, self.dice.randint(35, 120)))

    def _boat(self) -> None:
        x, y, size = (
            self.width * (0.3 if self.scene.sun_x > 0.5 else 0.66),
            self.height * 0.76,
            self.height * 0.09,
        )
        dark = blend(self.scene.hills[1], "#000000", 0.3)
        hull = [
            (x - size * 0.6, y),
            (x + size * 0.6, y),
            (x + size * 0.35, y + size * 0.24),
            (x - size * 0.4, y + size * 0.24),
        ]
        self.draw.polygon(hull, fill=dark)
        self.draw.polygon(
            [(x, y - size * 1.3), (x, y - size * 0.1), (x + size * 0.62, y - size * 0.1)],
            fill=self.scene.boat,
        )
        self.draw.polygon(
            [
                (x - size * 0.05, y - size),
                (x - size * 0.05, y - size * 0.1),
                (x - size * 0.42, y - size * 0.1),
            ],
            fill=blend(self.scene.boat, "#ffffff", 0.4),
        )
        for n in range(5):
            half = size * (0.6 - n * 0.1)
            self.draw.line(
                (x - half, y + size * (0.34 + n * 0.14), x + half, y + size * (0.34 + n * 0.14)),
                fill=(*dark, 90),
                width=round(size * 0.04),
            )

    def _firs(self) -> None:
        """A row of trees in front, darker than the nearest hill, taller towards the sides."""
        dark = blend(self.scene.hills[1], "#000000", 0.35)
        for _ in range(70):
            x = self.dice.random() * self.width
            away = abs(x / self.width - 0.5) * 2
            tall = self.height * self.dice.uniform(0.08, 0.14) * (0.6 + 1.3 * away)
            foot = self.height * self.dice.uniform(0.97, 1.03)
            for n in range(5):
                half, top = tall * (0.07 + 0.045 * n), foot - tall + tall * 0.17 * n
                self.draw.polygon(
                    [(x, top), (x - half, top + tall * 0.3), (x + half, top + tall * 0.3)], fill=dark
                )

    def _flowers(self) -> None:
        for _ in range(420):
            depth = self.dice.random()
            x, y = self.dice.random() * self.width, self.height * (0.86 + 0.14 * depth)
            radius = self.height * (0.003 + 0.007 * depth)
            colour = blend(self.dice.choice(self.scene.flowers), self.scene.hills[1], 0.3 * (1 - depth))
            self.draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)
