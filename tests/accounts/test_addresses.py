"""Which addresses people may join with."""

import pytest

from accounts.addresses import check_address, is_disposable
from common.errors import Invalid


def test_an_address_is_kept_in_lower_case():
    assert check_address("  Alice@Example.ORG ") == "alice@example.org"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("alice", "@ in the middle"),
        ("alice@example", "missing its ending"),
        ("@example.org", "not an e-mail address"),
        ("al ice@example.org", "not an e-mail address"),
        ("a@" + "b" * 64 + ".org", "not an e-mail address"),
        ("alice@example.org\nBcc: bob@example.org", "not an e-mail address"),
    ],
)
def test_what_is_no_address_is_explained(typed, said):
    with pytest.raises(Invalid, match=said) as refused:
        check_address(typed)
    assert refused.value.field == "email"


@pytest.mark.parametrize("address", ["x@mailinator.com", "x@YOPMAIL.com", "x@sub.guerrillamail.com"])
def test_throw_away_addresses_are_refused_subdomains_too(address):
    with pytest.raises(Invalid, match="throw-away"):
        check_address(address)


def test_a_domain_that_only_ends_alike_is_fine():
    assert not is_disposable("x@notmailinator.example")
    assert not is_disposable("x@com")


def test_the_operator_adds_and_allows_domains(settings):
    settings.DISPOSABLE_EMAIL_DOMAINS = "burner.example, -mailinator.com"
    assert is_disposable("x@burner.example")
    assert not is_disposable("x@mailinator.com")
    assert is_disposable("x@yopmail.com")
