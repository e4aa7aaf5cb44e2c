"""The value every door builds for somebody who wants to join."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wish:
    """`address` is the client's; `reason` and `invite`, a code, may be empty. `waits`: not without a yes of
    staff or an invite, whatever the policy says.
    """

    username: str
    email: str
    password: str
    address: str
    display_name: str = ""
    language: str = ""
    reason: str = ""
    invite: str = ""
    waits: bool = False
