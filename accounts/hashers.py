"""How passwords are kept: Argon2id, sized for a small server."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2(Argon2PasswordHasher):
    """Above the least that the OWASP password storage sheet asks of Argon2id (19 MiB, 2 passes, 1 lane).

    Django's own 100 MiB and 8 lanes for each attempt would let a few people who log in at the same
    moment fill the memory of the small machines this server is made for.
    """

    time_cost = 3
    memory_cost = 19 * 1024  # KiB
    parallelism = 1
