"""People who say what an import brings: made when missing, the same ones for the same seed."""

import random
from collections.abc import Iterator

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX

from accounts.actions import confirm_email, register_user
from accounts.models import User
from accounts.queries import is_taken

_ASKED_AT_ONCE = 500  # addresses

# Words are easier to read than a hundred quotes, hence the split.
_FIRST_NAMES = """
    Ada Amara Anders Anouk Arjun Astrid Beatriz Bruno Camille Carmen Daniel Dara Deniz Elena Elias Emeka
    Esther Fatima Felix Freya Gabriel Giulia Hana Hassan Hugo Ida Imani Ines Ivan Jamal Jana Joao Jonas
    Kaito Kamala Karim Katya Keira Lars Leila Liam Lucia Magnus Malik Mara Marco Mei Mila Nadia Naomi
    Niamh Noor Oscar Otto Pavel Petra Quinn Rafael Rania Rosa Ruth Samir Sanna Selma Soren Tariq Tessa
    Thandi Tomas Uma Viktor Wanda Willem Xenia Yara Yusuf Zainab Zoe
    """.split()
_LAST_NAMES = """
    Abbott Acosta Adeyemi Almeida Andersen Bakker Banerjee Barros Becker Bianchi Brandt Calder Castillo
    Chen Dahl Desai Dimitrov Dubois Eklund Farouk Ferrari Fischer Flores Fontaine Garcia Graham Haddad
    Hansen Hayashi Horvat Ibrahim Ivanova Jansen Kaplan Keller Kimura Kovacs Kowalski Larsen Lindgren
    Lopez Mahmoud Marino Mensah Moreau Morales Nakamura Nguyen Nilsson Novak Okafor Oliveira Osei Park
    Patel Petrov Quinn Rahman Ramos Reyes Rossi Sato Schmidt Sharma Silva Suzuki Takahashi Torres Ueda
    Vargas Virtanen Walsh Weber Yilmaz Zhang
    """.split()
_BYWORDS = ["codes", "cooks", "draws", "hikes", "makes", "reads", "rides", "runs", "sings", "walks", "writes"]


def authors_for(count: int, seed: int) -> list[User]:
    """The first `count` authors of this seed, in order. Who is missing is made: confirmed, without password.

    They are known again by their address, which no mail can reach, so a person who happens to have the
    name that an author would have got is left alone: the author takes another.
    """
    addresses = [f"author{number}@seed{seed}.import.invalid" for number in range(1, count + 1)]
    known = _known(addresses)
    return [
        known.get(address) or _make(address, _names(f"{seed}:{number}"))
        for number, address in enumerate(addresses, 1)
    ]


def _known(addresses: list[str]) -> dict[str, User]:
    found: dict[str, User] = {}
    for start in range(0, len(addresses), _ASKED_AT_ONCE):
        part = addresses[start : start + _ASKED_AT_ONCE]
        # Who can sign in is a person, whatever the address says.
        unusable = {"password__startswith": UNUSABLE_PASSWORD_PREFIX}
        people = User.objects.confirmed().filter(email__in=part, **unusable)
        found |= {person.email: person for person in people}
    return found


def _make(address: str, names: Iterator[tuple[str, str]]) -> User:
    username, display_name = next(pair for pair in names if not is_taken(pair[0]))
    person = register_user(username, address, None, display_name)
    confirm_email(person)
    return person


def _names(seed: str) -> Iterator[tuple[str, str]]:
    """User name and shown name, one pair after the other, always in the same order for the same seed."""
    dice = random.Random(seed)  # noqa: S311  (no secret)
    while True:
        first, last = dice.choice(_FIRST_NAMES), dice.choice(_LAST_NAMES)
        small, word = first.lower(), dice.choice(_BYWORDS)
        number = dice.randint(2, 99)
        yield dice.choice(
            [
                (f"{small}_{last.lower()}", f"{first} {last}"),
                (f"{first}{last}", f"{first} {last}"),
                (f"{small[0]}{last.lower()}", f"{first[0]}. {last}"),
                (f"{small}_{word}", first),
                (f"{small}{number}", first),
                (f"{last.lower()}_{small[0]}{number}", f"{first} {last}"),
            ]
        )
