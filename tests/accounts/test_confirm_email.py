"""confirm_email and claim_email: an address belongs to whoever proved it."""

import threading

import pytest
from allauth.account.models import EmailAddress
from django.db import connection

from accounts.actions import claim_email, confirm_email, drop_claim, register_user
from accounts.models import User
from common.errors import Invalid
from events.catalogue import UserConfirmed

pytestmark = pytest.mark.django_db


@pytest.fixture
def newcomer():
    return register_user("nora", "nora@example.org", "correct horse")


def test_proving_the_address_lets_one_write(newcomer, announced):
    with announced() as events:
        confirm_email(newcomer)
    assert events == [UserConfirmed(newcomer.id)]
    assert newcomer.may_write
    newcomer.refresh_from_db()
    assert newcomer.may_write
    assert EmailAddress.objects.get(user=newcomer).verified


def test_proving_twice_is_harmless(newcomer):
    confirm_email(newcomer)
    confirm_email(newcomer)
    assert EmailAddress.objects.filter(user=newcomer).count() == 1


def test_an_address_that_became_someone_elses_stays_theirs(newcomer, alice):
    rival = register_user("rival", "nora@example.org", "correct horse")
    confirm_email(newcomer)
    with pytest.raises(Invalid, match="another account"):
        confirm_email(rival)
    rival.refresh_from_db()
    assert not rival.may_write
    assert EmailAddress.objects.get(user=rival).verified is False


def test_a_new_address_counts_only_once_proved(newcomer):
    confirm_email(newcomer)
    claim_email(newcomer, "New@example.org")
    newcomer.refresh_from_db()
    assert (newcomer.email, newcomer.may_write) == ("nora@example.org", True)
    confirm_email(newcomer, "new@example.org")
    newcomer.refresh_from_db()
    assert newcomer.email == "new@example.org"
    assert [a.email for a in EmailAddress.objects.filter(user=newcomer)] == ["new@example.org"]


def test_claiming_again_forgets_the_earlier_claim(newcomer):
    confirm_email(newcomer)
    claim_email(newcomer, "one@example.org")
    claim_email(newcomer, "two@example.org")
    pending = EmailAddress.objects.filter(user=newcomer, verified=False)
    assert [address.email for address in pending] == ["two@example.org"]


def test_a_mistyped_address_can_be_corrected_before_it_is_proved(newcomer):
    claim_email(newcomer, "right@example.org")
    newcomer.refresh_from_db()
    assert newcomer.email == "right@example.org"
    assert [a.email for a in EmailAddress.objects.filter(user=newcomer)] == ["right@example.org"]


def test_thinking_better_of_it_keeps_the_confirmed_address(newcomer):
    confirm_email(newcomer)
    claim_email(newcomer, "new@example.org")
    drop_claim(newcomer)
    assert [a.email for a in EmailAddress.objects.filter(user=newcomer)] == ["nora@example.org"]


def test_who_has_nothing_confirmed_keeps_the_claim(newcomer):
    drop_claim(newcomer)
    assert EmailAddress.objects.filter(user=newcomer).exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_prove_an_address_at_once_one_gets_it():
    people = [register_user(f"twin{n}", "twin@example.org", "correct horse") for n in range(4)]
    barrier, refused, failed = threading.Barrier(4), [], []

    def prove(person: User) -> None:
        try:
            barrier.wait()
            confirm_email(person)
        except Invalid:
            refused.append(person)
        except Exception as error:  # noqa: BLE001
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=prove, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert len(refused) == 3
    assert User.objects.owning("twin@example.org").count() == 1
