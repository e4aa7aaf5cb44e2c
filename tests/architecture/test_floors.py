"""Imports and foreign keys go down the stairs, and through the front rooms of an app only."""

import ast

from django.apps import apps
from django.conf import settings

from tests.architecture.house import APPS, FLOORS, height, modules, tree, where

GROUND = {"common", "events", "jobs"}  # tools: every room may be used
FRONT_ROOMS = {"models", "policies", "actions", "queries"}
# Beyond the front rooms, each with its reason.
OPEN_ROOMS = {
    "accounts.usernames": "what a name may look like, told while it is typed",
    "accounts.addresses": "which e-mail addresses are taken, told while they are typed",
    "accounts.names": "how what is typed of a name is looked up",
    "accounts.texts": "how a line is made tidy before a form shows it again",
    "accounts.time_zones": "which clock a person's times are told by",
    "accounts.roles": "what staff may do, by name",
    "attachments.link_addresses": "which site a link leads to, one spelling for all",
    "audit.deeds": "the names of what staff do",
    "moderation.links": "the address that a mail leads to",
    "server.markdown": "what a text will look like, before it is published",
    "joining.founding": "the first person, where there is nobody who could do it",
    "accounts.mails": "allauth asks a door, its adapter, to send the mails",
    "joining.wish": "the value every door builds of somebody who wants to join",
    "clients.protocol": "what an app asks of a person, and the answers to apps, as OAuth 2 has them",
    "clients.scopes": "what an app may do, in words for a person and in a table for each operation",
    "clients.redirects": "where a consent form may lead",
    "clients.keys": "keys made by chance, and their checksums",
    "tweets.page_card": "the value of a linked page, which stands alone in Explore",
    "tweets.filtering": "what word filters leave of a page of cards",
    "relationships.filtering": "what a reader's word filters say to a text",
    "search.marking": "what was looked for, shown on a card",
    "search.query_language": "what was typed into the box, before anything is asked",
    "tweets.draft": "the value every door builds",
    "tweets.ages": "moments in the words of cards",
    "tweets.cards": "the value every door draws",
    "tweets.text": "excerpts for titles and the spelling of a tag in addresses",
}


def test_installed_apps_are_the_root_packages():
    ours = [name.partition(".")[0] for name in settings.INSTALLED_APPS if name.partition(".")[0] in APPS]

    assert ours == APPS


def test_every_app_stands_on_one_floor():
    assert sorted(APPS) == sorted(app for floor in FLOORS for app in floor)


def test_foreign_keys_point_down():
    relations = [
        (model, field.name, field.related_model)
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in APPS
        for field in model._meta.get_fields()
        if field.concrete and field.is_relation and field.related_model._meta.app_label in APPS
    ]

    assert relations, "the walk finds no foreign key at all"
    assert [
        f"{model.__name__}.{name} points up to {other.__name__}"
        for model, name, other in relations
        if not goes_down(model._meta.app_label, other._meta.app_label)
    ] == []


def test_apps_enter_each_other_through_the_front_rooms():
    entered = [
        (where(path, node), app, name)
        for app in APPS
        if app != "twitter_clone"  # the roof wires everything
        for path in modules(app)
        for node in ast.walk(tree(path))
        for name in imported(node)
    ]

    assert [
        f"{place} imports {name}"
        for place, app, name in entered
        if name.partition(".")[0] in set(APPS) - {app} - GROUND and not is_open(name)
    ] == []


def goes_down(app, other):
    return app == other or height(app) > height(other)


def is_open(name):
    _, _, room = name.partition(".")
    return room.partition(".")[0] in FRONT_ROOMS or any(
        name == opened or name.startswith(opened + ".") for opened in OPEN_ROOMS
    )


def imported(node):
    """Full names: what stands behind `from tweets import cards` is tweets.cards."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module:
        return [f"{node.module}.{alias.name}" for alias in node.names]
    return []
