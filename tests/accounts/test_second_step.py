"""The second step: an app's codes, passkeys and recovery codes; how they come and go."""

import time

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.core import mail

from accounts.actions import (
    add_app,
    add_passkey,
    end_second_step,
    make_codes,
    remove_app,
    remove_passkey,
    use_code,
)
from accounts.queries import has_second_step, second_step_of
from common.errors import Invalid, NotAllowed
from common.sealing import Unreadable, seal, unseal
from events.catalogue import SecondStepChanged
from tests.factories import make_user
from tests.second_steps import code_of, set_up_app

pytestmark = pytest.mark.django_db
CREDENTIAL = {"id": "a", "response": {}}


@pytest.fixture
def secret(alice) -> str:
    return set_up_app(alice)


def test_an_app_brings_ten_recovery_codes_and_a_mail(alice, events_happen):
    secret = generate_totp_secret()
    with events_happen():
        codes = add_app(alice, secret, code_of(secret))
    assert len(set(codes)) == 10
    assert all(len(code) == 8 and code.isdigit() for code in codes)
    found = second_step_of(alice)
    assert found.is_on
    assert found.codes_left == 10
    assert mail.outbox[0].subject == "Codes of an app protect your account now"
    assert secret not in mail.outbox[0].body


def test_what_was_announced(alice, announced):
    secret = generate_totp_secret()
    with announced() as events:
        add_app(alice, secret, code_of(secret))
        add_passkey(alice, "Phone", CREDENTIAL)
        remove_app(alice)
        make_codes(alice)
        remove_passkey(alice, second_step_of(alice).passkeys[0].id)
    assert [event.what for event in events if isinstance(event, SecondStepChanged)] == [
        "app_added", "passkey_added", "app_removed", "codes_made", "passkey_removed",
    ]  # fmt: skip


def test_neither_key_nor_seed_stands_in_the_table(alice, secret):
    rows = Authenticator.objects.filter(user=alice)
    assert secret not in str(list(rows.values()))
    totp = rows.get(type="totp")
    assert unseal(totp.data["secret"]) == secret


def test_a_wrong_code_sets_up_nothing(alice):
    secret = generate_totp_secret()
    with pytest.raises(Invalid) as error:
        add_app(alice, secret, "000000" if code_of(secret) != "000000" else "111111")
    assert error.value.field == "code"
    assert not has_second_step(alice)


def test_there_is_one_app(alice, secret):
    other = generate_totp_secret()
    with pytest.raises(Invalid, match="already"):
        add_app(alice, other, code_of(other))


def test_who_has_not_confirmed_the_address_sets_up_nothing():
    nora, secret = make_user("nora", confirmed=False), generate_totp_secret()
    with pytest.raises(NotAllowed):
        add_app(nora, secret, code_of(secret))
    with pytest.raises(NotAllowed):
        add_passkey(nora, "Phone", CREDENTIAL)


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_a_clock_may_be_half_a_minute_wrong(alice, steps):
    secret = generate_totp_secret()
    with time_machine.travel(time.time() + 300, tick=False):
        add_app(alice, secret, code_of(secret, -1))
    with time_machine.travel(time.time() + 600, tick=False):
        assert use_code(alice, code_of(secret, steps))
        assert not use_code(alice, code_of(secret, 2))


def test_a_code_works_once_and_so_does_none_before_it(alice, secret):
    with time_machine.travel(time.time() + 60, tick=False):
        now = code_of(secret)
        assert use_code(alice, f" {now[:3]} {now[3:]} ")
        assert not use_code(alice, now)
        assert not use_code(alice, code_of(secret, -1))
        assert use_code(alice, code_of(secret, 1))


def test_the_code_that_set_it_up_is_used_up(alice, secret):
    assert not use_code(alice, code_of(secret, -1))


def test_the_owner_hears_of_a_recovery_code_that_was_used(alice, secret, events_happen):
    codes = make_codes(alice)
    with events_happen():
        use_code(alice, codes[0])
    assert mail.outbox[-1].subject == "A recovery code let somebody in"


def test_a_recovery_code_works_once(alice, secret):
    codes = make_codes(alice)
    assert use_code(alice, f"{codes[3][:4]}-{codes[3][4:]}")
    assert not use_code(alice, codes[3])
    assert second_step_of(alice).codes_left == 9
    assert use_code(alice, codes[4])


def test_new_recovery_codes_end_the_former(alice, secret):
    former, new = make_codes(alice), make_codes(alice)
    assert not use_code(alice, former[0])
    assert use_code(alice, new[0])


def test_codes_are_ones_own(alice, bob, secret):
    codes = make_codes(alice)
    assert not use_code(bob, codes[0])
    assert not use_code(bob, code_of(secret))


@pytest.mark.parametrize("code", ["", " ", "12345", "x" * 5000, "１２３４５６", "\x00", "-"])
def test_odd_codes_are_wrong(alice, secret, code):
    assert not use_code(alice, code)


def test_recovery_codes_go_with_the_last_of_the_others(alice, secret):
    assert add_passkey(alice, "Phone", CREDENTIAL) == []
    remove_app(alice)
    assert second_step_of(alice).codes_left == 10
    remove_passkey(alice, second_step_of(alice).passkeys[0].id)
    assert not Authenticator.objects.filter(user=alice).exists()
    with pytest.raises(NotAllowed):
        make_codes(alice)


def test_removing_twice_is_harmless_and_tells_once(alice, secret, announced):
    with announced() as events:
        remove_app(alice)
        remove_app(alice)
    assert len(events) == 1


def test_passkeys_have_names_and_are_not_too_many(alice, settings):
    settings.PASSKEYS_MAX = 2
    assert len(add_passkey(alice, "  My \n phone ", CREDENTIAL)) == 10
    add_passkey(alice, "", CREDENTIAL)
    assert [passkey.name for passkey in second_step_of(alice).passkeys] == ["My phone", "Passkey"]
    with pytest.raises(Invalid, match="2 passkeys"):
        add_passkey(alice, "Third", CREDENTIAL)
    settings.PASSKEYS_MAX = 3
    with pytest.raises(Invalid, match="larger"):
        add_passkey(alice, "Third", {"id": "x" * 30_000})


def test_nobody_removes_somebody_elses_passkey(alice, bob):
    add_passkey(alice, "Phone", CREDENTIAL)
    remove_passkey(bob, second_step_of(alice).passkeys[0].id)
    assert has_second_step(alice)


def test_staff_help_who_lost_everything(alice, secret, events_happen):
    with events_happen():
        assert end_second_step(alice)
    assert not has_second_step(alice)
    assert not end_second_step(alice)
    assert mail.outbox[-1].subject == "Two-step sign-in was turned off"


def test_what_is_asked_costs_one_query(alice, secret, django_assert_num_queries):
    with django_assert_num_queries(1):
        second_step_of(alice)
    for _ in range(5):
        add_passkey(alice, "Phone", CREDENTIAL)
    with django_assert_num_queries(1):
        assert len(second_step_of(alice).passkeys) == 5


def test_what_is_sealed_opens_with_a_former_key_and_with_no_other(settings):
    sealed = seal("the key")
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another " * 8
    assert unseal(sealed) == "the key"
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(Unreadable):
        unseal(sealed)


def test_after_a_lost_key_no_code_is_right(alice, secret, settings):
    """And nothing breaks: whoever runs the server reads of it, and can turn the second step off."""
    codes = make_codes(alice)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another " * 8, []
    assert not use_code(alice, code_of(secret, 1))
    assert not use_code(alice, codes[0])
