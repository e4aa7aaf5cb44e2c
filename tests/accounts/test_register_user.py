"""register_user: a new person, who reads before they write."""

import threading

import pytest
from allauth.account.models import EmailAddress
from django.db import connection

from accounts.actions import register_user
from accounts.models import User
from common.errors import Invalid
from events.catalogue import UserRegistered

pytestmark = pytest.mark.django_db


def test_a_new_person_may_sign_in_but_not_write(announced):
    with announced() as events:
        user = register_user("Alice", "Alice@Example.org", "correct horse", "  Alice \n A ")
    assert events == [UserRegistered(user.id)]
    assert (user.username, user.email, user.display_name) == ("Alice", "alice@example.org", "Alice A")
    assert user.check_password("correct horse")
    assert not user.may_write
    assert not user.is_staff
    address = EmailAddress.objects.get(user=user)
    assert (address.email, address.primary, address.verified) == ("alice@example.org", True, False)


def test_a_taken_name_is_refused_whatever_its_case(alice):
    with pytest.raises(Invalid) as refused:
        register_user("ALICE", "eve@example.org", "correct horse")
    assert refused.value.field == "username"
    assert User.objects.count() == 1


def test_a_malformed_name_is_refused():
    with pytest.raises(Invalid):
        register_user("alice@here", "alice@example.org", "correct horse")
    assert not User.objects.exists()


def test_someone_elses_address_may_be_claimed_without_a_word(alice):
    eve = register_user("eve", alice.email, "correct horse")
    assert eve.email == alice.email
    assert not eve.is_confirmed


def test_without_a_password_nobody_signs_in():
    assert not register_user("ghost", "ghost@example.org", None).has_usable_password()


@pytest.mark.django_db(transaction=True)
def test_of_many_who_take_a_name_at_once_one_gets_it():
    barrier, refused, failed = threading.Barrier(6), [], []

    def take(number: int) -> None:
        try:
            barrier.wait()
            register_user("wanted" if number % 2 else "WANTED", f"p{number}@example.org", "correct horse")
        except Invalid as error:
            refused.append(error.field)
        except Exception as error:  # noqa: BLE001
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=take, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert refused == ["username"] * 5
    assert User.objects.named("wanted").count() == 1
    assert EmailAddress.objects.count() == 1
