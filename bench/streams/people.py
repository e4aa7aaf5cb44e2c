"""People with tokens: `python -m bench.streams.people NUMBER` prints the tokens as JSON."""

import json
import sys

import django

django.setup()

from django.db import transaction  # noqa: E402

from accounts.actions import confirm_email, register_user  # noqa: E402
from clients.actions import register_app, save_token  # noqa: E402
from clients.keys import new_key  # noqa: E402
from clients.redirects import OUT_OF_BAND  # noqa: E402


@transaction.atomic
def main(number: int) -> None:
    app, _ = register_app("Bench", [OUT_OF_BAND], "read write")
    tokens = []
    for n in range(number):
        person = register_user(f"bench{n}", f"bench{n}@example.org", None)
        confirm_email(person)
        tokens.append(new_key())
        save_token(app, person, tokens[-1], "read write")
    sys.stdout.write(json.dumps(tokens))


if __name__ == "__main__":
    main(int(sys.argv[1]))
