"""Charts as the server draws them: where every bar, line and word of an SVG stands. Templates write it down.

Units are those of the drawing, which is 560 wide; sizes on the screen follow the page.
"""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, _LEFT = 560, 44
_TOP, _BELOW = 16, 24  # room for the number of the highest, and for the words beneath
_BAR_HEIGHT, _LINE_HEIGHT = 200, 160
_STEPS = 4  # lines of the grid at most
_GAP = 0.25  # of a bar's place
_CELL, _CELL_GAP, _HEAT_LEFT = 23, 3, 74
_COLUMNS_NAMED = 8  # at most
_HEAT_LEVELS = 4


@dataclass(frozen=True, slots=True)
class Value:
    """What one place along the bottom shows; `number` None: it is too small to be told, or unknown."""

    label: str
    words: str
    number: int | None


@dataclass(frozen=True, slots=True)
class GridLine:
    y: float
    label: str

    @property
    def label_y(self) -> float:
        return self.y + 4


@dataclass(frozen=True, slots=True)
class Bar:
    x: float
    y: float
    width: float
    height: float
    words: str
    is_highest: bool = False
    is_few: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    x: float
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class BarChart:
    height: int
    grid: tuple[GridLine, ...]
    bars: tuple[Bar, ...]
    labels: tuple[Label, ...]
    highest: Label | None
    highest_y: float

    @property
    def labels_y(self) -> int:
        return self.height - 4


@dataclass(frozen=True, slots=True)
class LineChart:
    """`line` and `area` are paths; the last point is marked, with its number above."""

    height: int
    grid: tuple[GridLine, ...]
    line: str
    area: str
    last_x: float
    last_y: float
    last: str
    labels: tuple[Label, ...]

    @property
    def labels_y(self) -> int:
        return self.height - 4

    @property
    def last_label_y(self) -> float:
        return max(self.last_y - 12, 10)


@dataclass(frozen=True, slots=True)
class Cell:
    x: float
    y: int
    level: int  # 0 for nothing, to 4 for the most
    words: str


@dataclass(frozen=True, slots=True)
class HeatMap:
    height: int
    cell_width: float
    cell_height: int
    cells: tuple[Cell, ...]
    rows: tuple[GridLine, ...]
    columns: tuple[Label, ...]
    columns_y: int


def bar_chart(values: Sequence[Value]) -> BarChart:
    """One bar for each value, from nothing up."""
    known = [value.number or 0 for value in values]
    ticks = _ticks(0, max(known, default=0))
    base = _BAR_HEIGHT - _BELOW
    scale = (base - _TOP) / ticks[-1]
    place = (WIDTH - _LEFT) / max(len(values), 1)
    top = max(known, default=0)
    highest = known.index(top) if top else -1
    bars = [
        _bar(value, _LEFT + place * number, place, base, scale, is_highest=number == highest)
        for number, value in enumerate(values)
    ]
    return BarChart(
        height=_BAR_HEIGHT,
        grid=tuple(GridLine(_round(base - tick * scale), f"{tick:,}") for tick in ticks),
        bars=tuple(bars),
        labels=_labels(values, [_LEFT + place * (number + 0.5) for number in range(len(values))]),
        highest=_above(bars[highest], f"{top:,}") if top else None,
        highest_y=_round(base - top * scale - 5),
    )


def line_chart(values: Sequence[Value]) -> LineChart | None:
    """A line through what is known; None when that is fewer than two values."""
    known = [(number, value.number) for number, value in enumerate(values) if value.number is not None]
    if len(known) < 2:
        return None
    ticks = _ticks(min(number for _, number in known), max(number for _, number in known))
    base = _LINE_HEIGHT - _BELOW
    scale = (base - _TOP) / (ticks[-1] - ticks[0])
    step = (WIDTH - _LEFT - 8) / (len(values) - 1)
    places = [_LEFT + step * number for number in range(len(values))]
    points = [(_round(places[place]), _round(base - (number - ticks[0]) * scale)) for place, number in known]
    line = "M" + "L".join(f"{x} {y}" for x, y in points)
    (first_x, _), (last_x, last_y) = points[0], points[-1]
    return LineChart(
        height=_LINE_HEIGHT,
        grid=tuple(GridLine(_round(base - (tick - ticks[0]) * scale), f"{tick:,}") for tick in ticks),
        line=line,
        area=f"{line}L{last_x} {base}L{first_x} {base}Z",
        last_x=last_x,
        last_y=last_y,
        last=f"{known[-1][1]:,}",
        labels=_labels(values, places),
    )


def heat_map(
    rows: Sequence[Sequence[int]], names: Sequence[str], columns: Sequence[str], unit: str = ""
) -> HeatMap:
    """A field for each number: the more, the stronger. Names of rows have room for six letters; of the
    columns each has one, or some of them where they are many.
    """
    most = max((max(row, default=0) for row in rows), default=0)
    place, side = (WIDTH - _HEAT_LEFT) / len(columns), _CELL + _CELL_GAP
    cells = [
        Cell(
            x=_round(_HEAT_LEFT + column * place),
            y=number * side,
            level=-(-value * _HEAT_LEVELS // most) if most else 0,
            words=f"{names[number]}, {columns[column]}: {value:,}{unit}",
        )
        for number, row in enumerate(rows)
        for column, value in enumerate(row)
    ]
    named = range(0, len(columns), -(-len(columns) // _COLUMNS_NAMED))
    return HeatMap(
        height=len(rows) * side + _BELOW,
        cell_width=_round(place - _CELL_GAP),
        cell_height=_CELL,
        cells=tuple(cells),
        rows=tuple(GridLine(number * side + _CELL / 2, name) for number, name in enumerate(names)),
        columns=tuple(
            Label(_round(_HEAT_LEFT + (number + 0.5) * place - _CELL_GAP / 2), columns[number], "middle")
            for number in named
        ),
        columns_y=len(rows) * side + 18,
    )


def _bar(value: Value, x: float, place: float, base: int, scale: float, *, is_highest: bool) -> Bar:
    few = value.number is None
    height = 2.0 if few else (value.number or 0) * scale
    return Bar(
        x=_round(x + place * _GAP / 2),
        y=_round(base - height),
        width=_round(place * (1 - _GAP)),
        height=_round(height),
        words=value.words,
        is_highest=is_highest,
        is_few=few,
    )


def _above(bar: Bar, text: str) -> Label:
    middle = bar.x + bar.width / 2
    if middle > WIDTH - 24:
        return Label(WIDTH, text, "end")
    return Label(_round(middle), text, "middle")


def _labels(values: Sequence[Value], places: Sequence[float]) -> tuple[Label, ...]:
    """The first, the last and two between them: more would not fit on a phone."""
    last = len(values) - 1
    if last < 1:
        return tuple(Label(_round(x), value.label, "middle") for value, x in zip(values, places, strict=True))
    chosen = sorted({0, round(last / 3), round(2 * last / 3), last})
    anchors = {0: "start", last: "end"}
    return tuple(
        Label(_round(places[number]), values[number].label, anchors.get(number, "middle"))
        for number in chosen
    )


def _ticks(low: int, high: int) -> list[int]:
    """Round numbers from at most `low` to at least `high`, evenly apart; two at least."""
    wanted = max(high - low, 1) / _STEPS
    size = 1
    while True:
        for step in (size, 2 * size, 5 * size):
            first = low // step * step
            ticks = list(range(first, high + step, step))
            if step >= wanted and len(ticks) <= _STEPS + 2:
                return ticks if len(ticks) > 1 else [first, first + step]
        size *= 10


def _round(number: float) -> float:
    return round(number, 1)
