"""The race's table: what stands in docs/performance.md is what bin/bench api writes."""

from datetime import date

import pytest

from bench.race import page

MACHINE = {"cores": 2, "calibration_ms": 1.1, "load": 0.2}
FOUND = {
    "SQLite": {
        "home": {"cpu_ms": 2.04, "web_ms": 2.04, "worker_ms": 0.0},
        "post, 199 followers": {"cpu_ms": 12.5, "web_ms": 4.5, "worker_ms": 8.0},
    },
    "PostgreSQL": {"home": {"cpu_ms": 3.5, "web_ms": 2.5, "database_ms": 1.0}},
}


def test_every_scenario_has_a_line_beside_what_others_took():
    lines = page.table(FOUND, MACHINE, date(2026, 11, 30)).splitlines()
    assert lines[0].startswith("On 30 November 2026, 2 cores, calibration 1.1 ms")
    assert "| home | 5.8 | 95 | 2.0 | 3.5 | 4 | 1.9 |" in lines
    post = "| post, 199 followers | 192 | 20.4 without fan-out | 12.5 (8.0 of it later) | – | 20 | 10 |"
    assert post in lines
    assert len(lines) == 4 + len(page.PEERS)


def test_it_takes_the_place_of_the_last_one():
    text = page.PAGE.read_text(encoding="utf-8")
    once = page.placed(text, "one")
    assert page.placed(page.placed(text, "other"), "one") == once
    assert "\none\n" in once


def test_a_page_without_a_place_for_it_is_told_of():
    with pytest.raises(ValueError, match="no place"):
        page.placed("# Performance", "one")
