"""What the clock does with people."""

from accounts import actions, links


def remove_expired_sessions(dry_run: bool = False) -> int:
    """Sessions past their date, and the notes about sessions that are gone."""
    return actions.remove_expired_sessions(dry_run=dry_run)


def forget_ip_addresses(dry_run: bool = False) -> int:
    """Addresses that somebody signed in from, after IP_ADDRESSES_KEPT_DAYS."""
    return actions.forget_ip_addresses(dry_run=dry_run)


def remove_never_confirmed(dry_run: bool = False) -> int:
    """People who joined long ago and never confirmed their address."""
    return actions.remove_never_confirmed(dry_run=dry_run)


def look_at_links() -> None:
    """Once an hour: the links of profiles that are due."""
    links.look_at_due_links()
