"""Where the person's clock is."""

from accounts.models import User
from accounts.time_zones import zone_names
from common.errors import Invalid


def set_time_zone(user: User, name: str) -> User:
    """Write the name of the zone; empty when nobody is to know. Raises Invalid when there is no such zone."""
    if name and name not in zone_names():
        raise Invalid("There is no such time zone. Choose one of the list.", field="time_zone")
    user.time_zone = name
    user.save(update_fields=["time_zone"])
    return user
