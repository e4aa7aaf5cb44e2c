"""The closing account of bin/test is true: what ran, what did not, and the exit code."""

from collections import Counter

import pytest

from tests.run import NOTHING_COLLECTED, Run, exit_code, find_chromium, left_out, read, tell

REPORT = """<?xml version="1.0"?><testsuites><testsuite>
<testcase name="a"/><testcase name="b"/>
<testcase name="c"><failure message="no"/></testcase>
<testcase name="d"><error message="broke"/></testcase>
<testcase name="e"><skipped message="no cases here"/></testcase>
</testsuite></testsuites>"""


def test_report_is_counted(tmp_path):
    report = tmp_path / "report.xml"
    report.write_text(REPORT)

    run = read(report, Run("SQLite", 1))

    assert run.counts == {"passed": 2, "failed": 2, "skipped": 1}
    assert run.skipped == {"no cases here": 1}


def test_run_without_report_counts_nothing(tmp_path):
    assert read(tmp_path / "none.xml", Run("SQLite", 3)).counts == {}


@pytest.mark.parametrize(
    ("codes", "result"),
    [
        ([0], 0),
        ([0, 0], 0),
        ([0, 1], 1),
        ([1, 0], 1),
        ([0, NOTHING_COLLECTED], 0),
        ([NOTHING_COLLECTED], NOTHING_COLLECTED),
        ([NOTHING_COLLECTED, 4], 4),
    ],
)
def test_exit_code_is_the_first_failure(codes, result):
    assert exit_code([Run("any", code) for code in codes]) == result


def test_last_line_is_the_sum_and_reasons_stand_above(capsys):
    runs = [
        Run("SQLite", 0, Counter(passed=5, skipped=1), Counter({"no cases here": 1})),
        Run("PostgreSQL", 1, Counter(passed=3, failed=2)),
    ]

    tell(runs, left_out(runs, chromium=None, postgresql="postgres://somewhere"), 12.3)

    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == "8 passed, 2 failed, 1 skipped in 12s"
    assert any("browser tests: no Chromium found" in line for line in lines)
    assert "  - 1 on SQLite: no cases here" in lines
    assert not any("TEST_DATABASE_URL" in line for line in lines)


@pytest.mark.parametrize(
    ("chromium", "postgresql", "reasons"),
    [
        ("/bin/chromium", "", ["TEST_DATABASE_URL is not set"]),
        ("/bin/chromium", "postgres://somewhere", ["once, on SQLite, is enough", "says the same"]),
        (None, "postgres://somewhere", ["no Chromium found", "says the same"]),
        (None, "", ["no Chromium found", "TEST_DATABASE_URL is not set"]),
    ],
)
def test_what_did_not_run_is_named_with_its_reason(chromium, postgresql, reasons):
    told = left_out([], chromium, postgresql)

    assert len(told) == len(reasons)
    assert all(reason in line for reason, line in zip(reasons, told, strict=True))


def test_browser_that_is_named_is_the_one_used(monkeypatch, tmp_path):
    browser = tmp_path / "my-chromium"
    browser.write_text("#!/bin/sh\n")
    browser.chmod(0o755)
    monkeypatch.setenv("CHROMIUM", str(browser))
    assert find_chromium() == str(browser)

    monkeypatch.setenv("CHROMIUM", str(tmp_path / "gone"))
    assert find_chromium() is None
