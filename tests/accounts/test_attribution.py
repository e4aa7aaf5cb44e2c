"""Of which sites a person lets it be said that they wrote what stands there."""

import pytest
from django.conf import settings

from accounts.actions import update_profile
from accounts.attribution import tidy_domains
from accounts.models import User
from accounts.policies import may_name
from common.errors import Invalid

WORDS = {"display_name": "", "bio": "", "location": "", "website": ""}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        (["example.org"], ["example.org"]),
        ([" https://www.Example.org/a/page ", "example.org", ""], ["example.org"]),
        (["*.example.org", "b.example."], ["example.org", "b.example"]),
        (["bücher.example"], ["xn--bcher-kva.example"]),
        ([], []),
    ],
)
def test_sites_in_one_spelling(typed, found):
    assert tidy_domains(typed) == found


@pytest.mark.parametrize(
    "odd", ["example", "two words.org", "a@example.org", "127.0.0.1", "x" * 400, "\0.org"]
)
def test_what_is_no_site_is_refused(odd):
    with pytest.raises(Invalid):
        tidy_domains(["example.org", odd])


def test_not_too_many():
    many = [f"s{number}.example" for number in range(settings.ATTRIBUTION_DOMAINS_MAX + 1)]
    assert len(tidy_domains(many[:-1])) == settings.ATTRIBUTION_DOMAINS_MAX
    with pytest.raises(Invalid):
        tidy_domains(many)


@pytest.mark.parametrize(
    ("host", "is_trusted"),
    [
        ("example.org", True),
        ("EXAMPLE.org", True),
        ("blog.example.org", True),
        ("notexample.org", False),
        ("example.org.evil.test", False),
        ("org", False),
        ("", False),
    ],
)
def test_a_site_holds_what_stands_beneath_it(host, is_trusted):
    assert may_name(host, User(attribution_domains=["example.org"])) is is_trusted


@pytest.mark.django_db
def test_the_profile_keeps_them(alice):
    update_profile(alice, **WORDS, attribution_domains=["https://example.org", "b.example"])
    update_profile(alice, **WORDS)
    assert User.objects.get(pk=alice.pk).attribution_domains == ["example.org", "b.example"]
    update_profile(alice, **WORDS, attribution_domains=[])
    assert User.objects.get(pk=alice.pk).attribution_domains == []
