"""Saying what a picture shows."""

import pytest

from attachments.actions import describe
from common.errors import Invalid


def test_a_description_is_kept_tidy(alice, uploaded):
    picture = uploaded(alice)
    describe(picture, "  Two dogs\r\nand a\0 cat ")
    picture.refresh_from_db()
    assert picture.description == "Two dogs\nand a cat"


def test_the_same_description_costs_nothing(alice, uploaded, django_assert_num_queries):
    picture = uploaded(alice, description="Two dogs")
    with django_assert_num_queries(0):
        describe(picture, "Two dogs ")


def test_a_description_that_is_too_long_changes_nothing(alice, uploaded):
    picture = uploaded(alice, description="Two dogs")
    with pytest.raises(Invalid, match="2 characters too long; it holds 1500"):
        describe(picture, "x" * 1502)
    picture.refresh_from_db()
    assert picture.description == "Two dogs"
