"""Where bars, lines and words of a chart stand."""

import itertools

import pytest

from web.charts import WIDTH, Value, bar_chart, heat_map, line_chart


def values(*numbers):
    return [
        Value(f"{place} Mar", f"{place} March: {number}", number) for place, number in enumerate(numbers, 1)
    ]


def test_bars_are_as_high_as_their_numbers_and_the_highest_is_named():
    chart = bar_chart(values(0, 10, 40, 20))
    nothing, ten, forty, twenty = chart.bars

    assert nothing.height == 0
    assert forty.height == pytest.approx(4 * ten.height, abs=0.2) == pytest.approx(2 * twenty.height, abs=0.2)
    assert [bar.is_highest for bar in chart.bars] == [False, False, True, False]
    assert chart.highest.text == "40"
    assert all(bar.y + bar.height == pytest.approx(176, abs=0.2) for bar in chart.bars)


def test_what_is_too_small_to_be_told_is_a_mark_and_no_number():
    few, five = bar_chart(values(None, 5)).bars

    assert few.is_few
    assert few.height == 2
    assert not five.is_few


def test_without_any_number_there_are_axes_and_no_highest():
    chart = bar_chart(values(None, 0, None))

    assert chart.highest is None
    assert [line.label for line in chart.grid] == ["0", "1"]


@pytest.mark.parametrize("highest", [1, 2, 3, 7, 9, 10, 11, 99, 100, 101, 12_345, 999_999])
def test_the_grid_is_round_and_holds_everything(highest):
    chart = bar_chart(values(highest, highest // 2))
    ticks = [int(line.label.replace(",", "")) for line in chart.grid]

    assert ticks[0] == 0
    assert ticks[-1] >= highest
    assert 2 <= len(ticks) <= 6
    assert len({high - low for low, high in itertools.pairwise(ticks)}) == 1
    assert all(bar.y >= 15 for bar in chart.bars)


@pytest.mark.parametrize("number", [1, 2, 7, 30, 90])
def test_all_days_stand_inside_with_a_few_names(number):
    chart = bar_chart(values(*range(number)))

    assert all(bar.x >= 0 and bar.x + bar.width <= WIDTH for bar in chart.bars)
    assert len(chart.labels) == min(number, 4)
    assert chart.labels[0].text == "1 Mar"
    assert chart.labels[-1].text == f"{number} Mar"


def test_a_line_begins_where_something_is_known():
    chart = line_chart(values(None, None, 100, 110, 108))

    assert chart.line.count("L") == 2
    assert chart.last == "108"
    assert chart.area.startswith(chart.line)
    assert chart.area.endswith("Z")


def test_a_flat_line_is_drawn_too():
    assert line_chart(values(5, 5, 5)).line.count("L") == 2


@pytest.mark.parametrize("known", [(), (None,), (None, 4)])
def test_one_value_is_no_line(known):
    assert line_chart(values(*known)) is None


def test_squares_are_stronger_the_more_there_is():
    chart = heat_map([[0, 1, 4], [8, 3, 0]], ["Mon", "Tue"], ["00", "01", "02"], unit="%")

    assert [cell.level for cell in chart.cells] == [0, 1, 2, 4, 2, 0]
    assert chart.cells[3].words == "Tue, 00: 8%"
    assert [column.text for column in chart.columns] == ["00", "01", "02"]
    assert all(cell.x + chart.cell_width <= WIDTH for cell in chart.cells)
    assert [row.label for row in chart.rows] == ["Mon", "Tue"]


def test_names_beside_and_beneath_squares_do_not_touch():
    """On a phone the drawing shrinks and its words do not: there they are 19 units high."""
    chart = heat_map([[1], [2]], ["Mon", "Tue"], ["00"])
    first, second = chart.rows

    assert second.y - first.y >= 19 + 6
    assert chart.columns_y - 0.75 * 19 > chart.cells[1].y + chart.cell_height
    assert chart.columns_y < chart.height


def test_of_many_columns_some_are_named():
    chart = heat_map([[0] * 24], ["Mon"], [f"{hour:02}" for hour in range(24)])

    assert [column.text for column in chart.columns] == "00 03 06 09 12 15 18 21".split()


def test_nothing_at_all_is_pale():
    assert {cell.level for cell in heat_map([[0, 0]], ["Monday"], ["00", "01"]).cells} == {0}
