"""What scopes allow."""

import pytest

from clients import scopes
from common.errors import Invalid


@pytest.mark.parametrize(
    ("granted", "needed", "is_covered"),
    [
        ("read", "read:statuses", True),
        ("read", "read", True),
        ("read:statuses", "read:statuses", True),
        ("read:statuses", "read:accounts", False),
        ("read:statuses", "read", False),
        ("write", "read:statuses", False),
        ("read", "write:statuses", False),
        ("follow", "write:follows", True),
        ("follow", "read:blocks", True),
        ("follow", "write:statuses", False),
        ("read write", "push", False),
        ("profile", "read:accounts", False),
        ("", "read:statuses", False),
    ],
)
def test_a_scope_covers_itself_and_its_parts(granted, needed, is_covered):
    assert scopes.covers(granted, [needed]) is is_covered


def test_each_scope_once_and_unknown_ones_refused():
    assert scopes.parse("read  write read+push") == "read write push"
    with pytest.raises(Invalid):
        scopes.parse("read nothing")


def test_in_words_leaves_out_parts_of_what_is_granted_as_a_whole():
    assert [wish.scope for wish in scopes.in_words("read:lists read write:media")] == ["read", "write:media"]
    assert [wish.changes_things for wish in scopes.in_words("read write")] == [False, True]
