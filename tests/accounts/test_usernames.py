"""Which names can be had."""

import pytest

from accounts.usernames import RESERVED, check_form, check_not_reserved
from common.errors import Invalid


@pytest.mark.parametrize("name", ["a", "Alice_99", "_", "0" * 30, "Z"])
def test_letters_digits_and_underscores_make_a_name(name):
    check_form(name)
    check_not_reserved(name)


@pytest.mark.parametrize(
    "name",
    ["", "a" * 31, "al ice", "alice!", "alice@other.example", "älice", "аlice", "a\n", "a\x00", "a-b", "٣"],
)
def test_anything_else_does_not(name):
    with pytest.raises(Invalid) as refused:
        check_form(name)
    assert refused.value.field == "username"
    assert refused.value.message.endswith(".")


@pytest.mark.parametrize("name", ["admin", "Admin", "SUPPORT", "no_reply", "everyone"])
def test_names_of_the_server_itself_are_kept(name):
    with pytest.raises(Invalid):
        check_not_reserved(name)


def test_every_reserved_name_would_otherwise_be_possible():
    for name in RESERVED:
        check_form(name)
        assert name == name.lower()
