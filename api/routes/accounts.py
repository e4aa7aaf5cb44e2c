"""People, and what one does about them."""

from django.urls import URLPattern

from api.operations import anyone, app, at, person
from api.views import (
    accounts,
    domains,
    emails,
    engaged,
    lists,
    profile,
    registration,
    relations,
    tags,
    trends,
)

ROUTES: list[URLPattern] = [
    # Accounts
    at(
        "api/v1/accounts/verify_credentials",
        GET=person(accounts.verify_credentials, "read:accounts", "profile"),
    ),
    at(
        "api/v1/accounts/update_credentials",
        PATCH=person(profile.update, "write:accounts"),
    ),
    at("api/v1/accounts/lookup", GET=anyone(accounts.lookup, "read:accounts")),
    at("api/v1/accounts/search", GET=person(accounts.search, "read:accounts")),
    at("api/v1/accounts/relationships", GET=person(relations.index, "read:follows")),
    at("api/v1/accounts/familiar_followers", GET=person(relations.familiar, "read:follows")),
    at(
        "api/v1/accounts",
        GET=anyone(accounts.many, "read:accounts"),
        POST=app(registration.register, "write:accounts"),
    ),
    at("api/v1/emails/confirmations", POST=person(emails.confirm_again, "write:accounts")),
    at("api/v1/accounts/<id:account_id>", GET=anyone(accounts.show, "read:accounts")),
    at("api/v1/accounts/<id:account_id>/statuses", GET=anyone(accounts.statuses, "read:statuses")),
    at("api/v1/accounts/<id:account_id>/followers", GET=anyone(accounts.followers, "read:accounts")),
    at("api/v1/accounts/<id:account_id>/following", GET=anyone(accounts.following, "read:accounts")),
    at("api/v1/accounts/<id:account_id>/lists", GET=person(lists.with_person, "read:lists")),
    at("api/v1/accounts/<id:account_id>/follow", POST=person(relations.follow, "write:follows")),
    at("api/v1/accounts/<id:account_id>/unfollow", POST=person(relations.unfollow, "write:follows")),
    at(
        "api/v1/accounts/<id:account_id>/remove_from_followers",
        POST=person(relations.remove_from_followers, "write:follows"),
    ),
    at("api/v1/accounts/<id:account_id>/block", POST=person(relations.block, "write:blocks")),
    at("api/v1/accounts/<id:account_id>/unblock", POST=person(relations.unblock, "write:blocks")),
    at("api/v1/accounts/<id:account_id>/mute", POST=person(relations.mute, "write:mutes")),
    at("api/v1/accounts/<id:account_id>/unmute", POST=person(relations.unmute, "write:mutes")),
    at("api/v1/accounts/<id:account_id>/note", POST=person(relations.note, "write:accounts")),
    at(
        "api/v1/profile",
        GET=person(profile.show_profile, "profile", "read:accounts"),
        PATCH=person(profile.update_own, "write:accounts"),
        PUT=person(profile.update_own, "write:accounts"),
    ),
    at("api/v1/profile/avatar", DELETE=person(profile.delete_avatar, "write:accounts")),
    at("api/v1/profile/header", DELETE=person(profile.delete_header, "write:accounts")),
    at("api/v1/preferences", GET=person(profile.show_preferences, "read:accounts")),
    at("api/v1/accounts/<id:account_id>/pin", POST=person(relations.pin, "write:accounts")),
    at("api/v1/accounts/<id:account_id>/unpin", POST=person(relations.unpin, "write:accounts")),
    at("api/v1/accounts/<id:account_id>/endorse", POST=person(relations.pin, "write:accounts")),
    at("api/v1/accounts/<id:account_id>/unendorse", POST=person(relations.unpin, "write:accounts")),
    at("api/v1/accounts/<id:account_id>/endorsements", GET=anyone(relations.endorsed, "read:accounts")),
    at("api/v1/accounts/<id:account_id>/identity_proofs", GET=person(accounts.identity_proofs)),
    at("api/v1/accounts/<id:account_id>/featured_tags", GET=anyone(tags.featured_by, "read:accounts")),
    at("api/v1/endorsements", GET=person(relations.endorsements, "read:accounts")),
    at(
        "api/v1/featured_tags",
        GET=person(tags.featured, "read:accounts"),
        POST=person(tags.create_featured, "write:accounts"),
    ),
    at("api/v1/featured_tags/suggestions", GET=person(tags.offered, "read:accounts")),
    at("api/v1/featured_tags/<id:featured_id>", DELETE=person(tags.delete_featured, "write:accounts")),
    at("api/v1/suggestions", GET=person(trends.suggested_people, "read")),
    at("api/v1/suggestions/<id:account_id>", DELETE=person(trends.decline, "read", "write")),
    at("api/v2/suggestions", GET=person(trends.suggestions, "read")),
    at("api/v1/directory", GET=anyone(trends.directory, "read:accounts")),
    at("api/v1/blocks", GET=person(relations.blocks, "read:blocks")),
    at(
        "api/v1/domain_blocks",
        GET=person(domains.index, "read:blocks"),
        POST=person(domains.block, "write:blocks"),
        DELETE=person(domains.unblock, "write:blocks"),
    ),
    at("api/v1/mutes", GET=person(relations.mutes, "read:mutes")),
    at("api/v1/follow_requests", GET=person(relations.requests, "read:follows")),
    at(
        "api/v1/follow_requests/<id:account_id>/authorize",
        POST=person(relations.authorize, "write:follows"),
    ),
    at("api/v1/follow_requests/<id:account_id>/reject", POST=person(relations.reject, "write:follows")),
    at("api/v1/bookmarks", GET=person(engaged.bookmarks, "read:bookmarks")),
    at("api/v1/favourites", GET=person(engaged.favourites, "read:favourites")),
]
