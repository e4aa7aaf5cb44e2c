"""Whether one can write to people, and why not."""

from collections.abc import Iterable, Mapping

from accounts.models import User
from relationships.queries import Relation
from tweets.policies import may_address


def barrier_to(author: User, people: Iterable[User], relations: Mapping[int, Relation]) -> str:
    """A sentence about the first of these people to whom the author cannot write, "" for none.

    `relations` are the author's to each of them.
    """
    for person in people:
        relation = relations[person.pk]
        if relation.blocks:
            return f"You blocked {person.handle}, so you cannot write to each other."
        if relation.blocked_by:
            return f"{person.handle} blocked you, so you cannot write to each other."
        if not may_address(author, person, relation):
            return f"{person.handle} takes messages only from people they follow."
    return ""
