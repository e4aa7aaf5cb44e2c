"""The same words once within forty entries, whatever the page."""

from hypothesis import given
from hypothesis import strategies as st

from common.paging import Window
from timelines.repeats import without_repeats

WITHIN = 40


def reader(rows):
    """A timeline in memory: pairs of entry and shown tweet."""
    newest_first = sorted(rows, reverse=True)

    def read(window):
        found = [row for row in newest_first if window.max_id is None or row[0] < window.max_id]
        if window.min_id is not None:
            return [row for row in found if row[0] > window.min_id][-window.limit :]
        return found[: window.limit]

    return read


def plainly(rows):
    """What stands there, worked out without pages."""
    rows = sorted(rows, reverse=True)
    return [
        an_id
        for place, (an_id, shown) in enumerate(rows)
        if an_id == shown or shown not in [row[1] for row in rows[place + 1 : place + 1 + WITHIN]]
    ]


def test_a_retweet_goes_where_its_words_stand_beneath():
    rows = [(number, number) for number in range(1, 100)]
    assert without_repeats(reader([*rows, (100, 60)]), Window(limit=1)) == [99]
    assert without_repeats(reader([*rows, (100, 59)]), Window(limit=1)) == [100]


def test_of_many_retweets_the_first_stays():
    rows = [(number, 1) for number in range(10, 30)]
    assert without_repeats(reader(rows), Window(limit=5)) == [10]


timelines = st.dictionaries(
    st.integers(100, 400), st.one_of(st.none(), st.integers(1, 6)), min_size=0, max_size=200
)


@given(timelines, st.integers(1, 12))
def test_pages_downwards_join_without_gap_or_double(shown_by_id, size):
    rows = [(an_id, shown or an_id) for an_id, shown in shown_by_id.items()]
    read, found, cursor = reader(rows), [], None
    while page := without_repeats(read, Window(limit=size, max_id=cursor)):
        found += page
        cursor = page[-1]
    assert found == plainly(rows)


@given(timelines, st.integers(1, 12))
def test_pages_upwards_hold_the_same(shown_by_id, size):
    rows = [(an_id, shown or an_id) for an_id, shown in shown_by_id.items()]
    read, found, cursor = reader(rows), [], 1
    while page := without_repeats(read, Window(limit=size, min_id=cursor)):
        found = page + found
        cursor = page[0]
    assert found == plainly(rows)
    assert without_repeats(read, Window(limit=500, since_id=200)) == [i for i in found if i > 200]
