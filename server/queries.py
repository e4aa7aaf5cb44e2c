"""What the server says of itself, as its pages ask for it."""

from common.errors import NotFound
from server.models import Rule


def rules() -> list[Rule]:
    """The rules in force, in their order. One query."""
    return list(Rule.objects.in_force())


def all_rules() -> list[Rule]:
    """Those in force first, in their order, then the withdrawn. One query."""
    return sorted(Rule.objects.order_by("position", "pk"), key=lambda rule: rule.withdrawn_at is not None)


def rule_by_id(rule_id: int) -> Rule:
    """Raises NotFound."""
    rule = Rule.objects.filter(pk=rule_id).first()
    if rule is None:
        raise NotFound("This rule does not exist.")
    return rule
