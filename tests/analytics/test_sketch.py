"""How well few bytes tell how many came."""

import random

import pytest

from analytics.sketch import REGISTERS, estimate, marks_of, merged, sign_of


def sketch_of(readers, salt=b"a salt", thing=b"a tweet", kept=b""):
    read = sign_of(salt, thing)
    return merged(kept, marks_of((sign_of(salt, b"%d" % one) for one in readers), read))


def error(number, salt):
    return abs(estimate(sketch_of(range(number), salt)) - number) / number


def test_nobody_is_none():
    assert estimate(b"") == 0


@pytest.mark.parametrize("number", [1, 2, 5, 10])
def test_a_few_are_nearly_always_exact(number):
    found = [estimate(sketch_of(range(number), b"%d" % salt)) for salt in range(200)]

    assert sum(one == number for one in found) >= 190
    assert all(abs(one - number) <= 1 for one in found)


@pytest.mark.parametrize("number", [100, 1_000, 5_000, 10_000, 30_000, 100_000])
def test_many_are_told_within_the_bounds_that_are_promised(number):
    """The standard error is 2.3 %: hardly any is off by three times as much."""
    errors = [error(number, b"%d" % salt) for salt in range(4 if number > 50_000 else 20)]

    assert (sum(one * one for one in errors) / len(errors)) ** 0.5 < 0.032
    assert max(errors) < 0.07


def test_whoever_comes_again_changes_nothing():
    once = sketch_of(range(300))

    assert sketch_of(range(300), kept=once) == once


def test_the_order_makes_no_difference():
    readers = list(range(400))
    random.Random(1).shuffle(readers)

    assert sketch_of(readers) == sketch_of(range(400))


def test_two_processes_know_together_what_one_would_have_known():
    some, others = sketch_of(range(3_000)), range(2_000, 5_000)

    assert sketch_of(others, kept=some) == sketch_of(range(5_000))


def test_it_takes_two_bytes_for_a_reader_and_four_kilobytes_at_most():
    assert len(sketch_of(range(1))) == 2
    assert len(sketch_of(range(100_000))) <= 2 * REGISTERS


def test_another_salt_makes_other_marks():
    """So that the sketches of two days cannot be laid side by side."""
    one, other = (marks_of([sign_of(salt, b"alice")], sign_of(salt, b"tweet")) for salt in (b"mon", b"tue"))

    assert one != other


def test_a_reader_leaves_another_mark_on_each_thing():
    alice = sign_of(b"salt", b"alice")
    marks = {mark for thing in range(40) for mark in marks_of([alice], sign_of(b"salt", b"%d" % thing))}

    assert len(marks) > 35  # some meet by chance


def test_what_two_readers_share_on_one_thing_they_do_not_share_on_others():
    things = [sign_of(b"salt", b"%d" % thing) for thing in range(2_000)]
    alice, bob = sign_of(b"salt", b"alice"), sign_of(b"salt", b"bob")
    same_register = [
        thing for thing in things if len({mark // 32 for mark in marks_of([alice, bob], thing)}) == 1
    ]

    assert len(same_register) < 10
