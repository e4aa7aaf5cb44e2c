"""Everything that can be done about timelines."""

from timelines.actions.homes import drop_sleepers, keep_home, trim_homes
from timelines.actions.lists import (
    add_to_list,
    choose_lists,
    create_list,
    delete_list,
    remove_from_list,
    update_list,
)
from timelines.actions.markers import move_marker
from timelines.actions.tags import follow_tag, unfollow_tag

__all__ = [
    "add_to_list",
    "choose_lists",
    "create_list",
    "delete_list",
    "drop_sleepers",
    "follow_tag",
    "keep_home",
    "move_marker",
    "remove_from_list",
    "trim_homes",
    "unfollow_tag",
    "update_list",
]
