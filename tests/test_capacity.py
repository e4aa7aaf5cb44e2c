"""The arithmetic of docs/capacity.md: right for a simple measurement, and the page shows what it computes."""

import json

import pytest

from bench import capacity
from tests.serving import ROOT

SIMPLE = capacity.Measured(
    web_ms=6.0,
    database_ms=3.0,
    worker_ms=12.0,
    bytes_of={"people": 1000, "follows": 100, "tweets": 1000, "likes": 100, "entries": 100},
)


def test_what_a_million_people_need():
    need = capacity.needed(1_000_000, SIMPLE)

    assert need.active == 50_000
    assert need.requests == pytest.approx(153)
    assert need.tweets == pytest.approx(2)
    assert need.deliveries == pytest.approx(200)
    assert need.web_cores == pytest.approx(153 * 0.006 / 0.6)
    assert need.database_cores == pytest.approx(153 * 0.003 / 0.6 + 200 / 11_200 / 0.6)
    assert need.worker_cores == pytest.approx(2 * 0.012 / 0.6)
    assert need.terabytes["entries"] == pytest.approx(0.04)
    assert need.terabytes["tweets"] == pytest.approx(547.5e6 * 1000 / 1e12)


def test_nothing_breaks_while_one_primary_bears_it():
    assert capacity.breaks(capacity.needed(10_000, SIMPLE)) == []
    (size, *_) = capacity.breaks(capacity.needed(100_000_000, SIMPLE))
    assert size.startswith("the database's size (")


def test_numbers_are_told_by_two_digits():
    assert [capacity._number(value) for value in (0, 0.0123, 4.56, 153, 30_600)] == [
        "0", "0.012", "4.6", "150", "31,000",
    ]  # fmt: skip
    assert [capacity._bytes(value) for value in (5.5, 0.04, 0.000_02)] == ["5.5 TB", "40 GB", "20 MB"]
    assert capacity._machines(3.2) == "a part of one (3.2 cores)"
    assert capacity._machines(40.0) == "3"


def test_the_page_shows_what_is_computed_from_the_figures():
    table = capacity.page(capacity.read(capacity.FIGURES))

    assert table in (ROOT / "docs" / "capacity.md").read_text()


@pytest.mark.parametrize("content", ["{}", '{"database": "SQLite", "web_ms_per_request": 3}', "no JSON"])
def test_what_is_no_measurement_is_refused(tmp_path, content, capsys):
    file = tmp_path / "x.json"
    file.write_text(content)
    with pytest.raises(SystemExit, match="No capacity can be computed"):
        capacity.main(str(file))


def test_a_measurement_becomes_costs_of_rows(tmp_path):
    file = tmp_path / "x.json"
    found = {
        "database": "PostgreSQL",
        "web_ms_per_request": 5.0,
        "database_ms_per_request": 2.0,
        "worker_ms_per_tweet": None,
        "sizes": {
            "rows": {"people": 10, "follows": 100, "tweets": 50, "likes": 0, "entries": 200},
            "table_bytes": {"accounts_user": 5000, "relationships_follow": 4000, "tweets_tweet": 50_000},
        },
    }
    file.write_text(json.dumps(found))
    measured = capacity.read(file)

    assert measured.bytes_of == {"people": 500, "follows": 40, "tweets": 1000, "likes": 0, "entries": 0}
    assert measured.worker_ms == 0
