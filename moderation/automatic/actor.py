"""A rule as one who decides: with the permissions it needs, and beneath all who are staff."""

from dataclasses import dataclass

from accounts.roles import Permission, Role
from moderation.models import AutomaticRule

_MAY = {Permission.HIDE_TWEETS, Permission.TAKE_MEASURES, Permission.HANDLE_REPORTS}


@dataclass(frozen=True, slots=True)
class RuleActor:
    """Who stands in the audit log for what the rule did."""

    rule: AutomaticRule

    @property
    def pk(self) -> int:
        return self.rule.pk

    @property
    def handle(self) -> str:
        return f"Rule “{self.rule.name}”"

    @property
    def staff_role(self) -> Role:
        return Role.MODERATOR

    def may(self, permission: Permission) -> bool:
        return permission in _MAY
