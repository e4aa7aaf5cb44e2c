"""What Mastodon's documentation asks of a token for each operation that is served here.

Facts of its lines “OAuth:” (content/en/methods, August 2026). “public”: no token is needed; “any”: any
token of a person will do. Names of parts are those of the documentation.
"""

DOCUMENTED = {
    "any": """
        GET /api/v1/accounts/{id}/identity_proofs
        GET /api/v1/announcements
        GET /api/v1/apps/verify_credentials
        POST /api/v1/emails/confirmations
        GET /api/v1/instance/domain_blocks
        GET /api/v1/tags/{name}
    """,
    "public": """
        GET /.well-known/oauth-authorization-server
        GET /api/oembed
        GET /api/v1/accounts
        GET /api/v1/accounts/{id}
        GET /api/v1/accounts/{id}/endorsements
        GET /api/v1/accounts/{id}/featured_tags
        GET /api/v1/accounts/{id}/followers
        GET /api/v1/accounts/{id}/following
        POST /api/v1/apps
        GET /api/v1/custom_emojis
        GET /api/v1/directory
        GET /api/v1/instance
        GET /api/v1/instance/extended_description
        GET /api/v1/instance/peers
        GET /api/v1/instance/privacy_policy
        GET /api/v1/instance/rules
        GET /api/v1/instance/terms_of_service
        GET /api/v1/instance/terms_of_service/{date}
        GET /api/v1/instance/translation_languages
        GET /api/v1/streaming/health
        GET /api/v1/trends/links
        GET /api/v1/trends/statuses
        GET /api/v1/trends/tags
        GET /api/v2/instance
        GET /health
        POST /oauth/revoke
        POST /oauth/token
    """,
    "profile": """
        GET /oauth/userinfo
    """,
    "profile read:accounts": """
        GET /api/v1/accounts/verify_credentials
        GET /api/v1/profile
    """,
    "push": """
        DELETE /api/v1/push/subscription
        GET /api/v1/push/subscription
        POST /api/v1/push/subscription
        PUT /api/v1/push/subscription
    """,
    "read": """
        GET /api/v1/suggestions
        DELETE /api/v1/suggestions/{account_id}
        GET /api/v2/suggestions
    """,
    "read:accounts": """
        GET /api/v1/accounts/lookup
        GET /api/v1/accounts/search
        GET /api/v1/endorsements
        GET /api/v1/featured_tags
        GET /api/v1/featured_tags/suggestions
        GET /api/v1/preferences
    """,
    "read:blocks": """
        GET /api/v1/blocks
    """,
    "read:blocks follow": """
        GET /api/v1/domain_blocks
    """,
    "read:bookmarks": """
        GET /api/v1/bookmarks
    """,
    "read:collections": """
        GET /api/v1/accounts/{account_id}/collections
        GET /api/v1/accounts/{account_id}/in_collections
    """,
    "read:favourites": """
        GET /api/v1/favourites
    """,
    "read:filters": """
        GET /api/v1/filters
        GET /api/v1/filters/{id}
        GET /api/v2/filters
        GET /api/v2/filters/keywords/{id}
        GET /api/v2/filters/statuses/{id}
        GET /api/v2/filters/{filter_id}/keywords
        GET /api/v2/filters/{filter_id}/statuses
        GET /api/v2/filters/{id}
    """,
    "read:follows": """
        GET /api/v1/accounts/familiar_followers
        GET /api/v1/accounts/relationships
        GET /api/v1/followed_tags
    """,
    "read:follows follow": """
        GET /api/v1/follow_requests
    """,
    "read:lists": """
        GET /api/v1/accounts/{id}/lists
        GET /api/v1/lists
        GET /api/v1/lists/{id}
        GET /api/v1/lists/{id}/accounts
        GET /api/v1/timelines/list/{list_id}
    """,
    "read:mutes follow": """
        GET /api/v1/mutes
    """,
    "read:notifications": """
        GET /api/v1/notifications
        GET /api/v1/notifications/requests
        GET /api/v1/notifications/requests/merged
        GET /api/v1/notifications/requests/{id}
        GET /api/v1/notifications/unread_count
        GET /api/v1/notifications/{id}
        GET /api/v2/notifications
        GET /api/v2/notifications/policy
        GET /api/v2/notifications/unread_count
        GET /api/v2/notifications/{group_key}
    """,
    "read:search": """
        GET /api/v2/search
    """,
    "read:statuses": """
        GET /api/v1/accounts/{id}/statuses
        GET /api/v1/conversations
        GET /api/v1/markers
        GET /api/v1/polls/{id}
        GET /api/v1/scheduled_statuses
        GET /api/v1/scheduled_statuses/{id}
        GET /api/v1/statuses
        GET /api/v1/statuses/{id}
        GET /api/v1/statuses/{id}/context
        GET /api/v1/statuses/{id}/favourited_by
        GET /api/v1/statuses/{id}/history
        GET /api/v1/statuses/{id}/quotes
        GET /api/v1/statuses/{id}/reblogged_by
        GET /api/v1/statuses/{id}/source
        POST /api/v1/statuses/{id}/translate
        GET /api/v1/streaming/direct
        GET /api/v1/streaming/hashtag
        GET /api/v1/streaming/hashtag/local
        GET /api/v1/streaming/list
        GET /api/v1/streaming/public
        GET /api/v1/streaming/public/local
        GET /api/v1/streaming/public/remote
        GET /api/v1/timelines/direct
        GET /api/v1/timelines/home
        GET /api/v1/timelines/link
        GET /api/v1/timelines/public
        GET /api/v1/timelines/tag/{hashtag}
    """,
    "read:statuses read:notifications": """
        GET /api/v1/streaming/user
        GET /api/v1/streaming/user/notification
    """,
    "write:accounts": """
        POST /api/v1/accounts
        PATCH /api/v1/accounts/update_credentials
        POST /api/v1/accounts/{id}/endorse
        POST /api/v1/accounts/{id}/note
        POST /api/v1/accounts/{id}/pin
        POST /api/v1/accounts/{id}/unendorse
        POST /api/v1/accounts/{id}/unpin
        POST /api/v1/announcements/{id}/dismiss
        POST /api/v1/featured_tags
        DELETE /api/v1/featured_tags/{id}
        PATCH /api/v1/profile
        DELETE /api/v1/profile/avatar
        DELETE /api/v1/profile/header
        POST /api/v1/statuses/{id}/pin
        POST /api/v1/statuses/{id}/unpin
        POST /api/v1/tags/{id}/feature
        POST /api/v1/tags/{id}/unfeature
    """,
    "write:blocks": """
        POST /api/v1/accounts/{id}/block
        POST /api/v1/accounts/{id}/unblock
    """,
    "write:blocks follow": """
        DELETE /api/v1/domain_blocks
        POST /api/v1/domain_blocks
    """,
    "write:bookmarks": """
        POST /api/v1/statuses/{id}/bookmark
        POST /api/v1/statuses/{id}/unbookmark
    """,
    "write:conversations": """
        DELETE /api/v1/conversations/{id}
        POST /api/v1/conversations/{id}/read
    """,
    "write:favourites": """
        DELETE /api/v1/announcements/{id}/reactions/{name}
        PUT /api/v1/announcements/{id}/reactions/{name}
        POST /api/v1/statuses/{id}/favourite
        POST /api/v1/statuses/{id}/unfavourite
    """,
    "write:filters": """
        POST /api/v1/filters
        DELETE /api/v1/filters/{id}
        PUT /api/v1/filters/{id}
        POST /api/v2/filters
        DELETE /api/v2/filters/keywords/{id}
        PUT /api/v2/filters/keywords/{id}
        DELETE /api/v2/filters/statuses/{id}
        POST /api/v2/filters/{filter_id}/keywords
        POST /api/v2/filters/{filter_id}/statuses
        DELETE /api/v2/filters/{id}
        PUT /api/v2/filters/{id}
    """,
    "write:follows": """
        POST /api/v1/accounts/{id}/follow
        POST /api/v1/accounts/{id}/remove_from_followers
        POST /api/v1/accounts/{id}/unfollow
        POST /api/v1/tags/{name}/follow
        POST /api/v1/tags/{name}/unfollow
    """,
    "write:follows follow": """
        POST /api/v1/follow_requests/{account_id}/authorize
        POST /api/v1/follow_requests/{account_id}/reject
    """,
    "write:lists": """
        POST /api/v1/lists
        DELETE /api/v1/lists/{id}
        PUT /api/v1/lists/{id}
        DELETE /api/v1/lists/{id}/accounts
        POST /api/v1/lists/{id}/accounts
    """,
    "write:media": """
        POST /api/v1/media
        DELETE /api/v1/media/{id}
        GET /api/v1/media/{id}
        PUT /api/v1/media/{id}
        POST /api/v2/media
    """,
    "write:mutes": """
        POST /api/v1/accounts/{id}/mute
        POST /api/v1/accounts/{id}/unmute
        POST /api/v1/statuses/{id}/mute
        POST /api/v1/statuses/{id}/unmute
    """,
    "write:notifications": """
        POST /api/v1/notifications/clear
        POST /api/v1/notifications/requests/accept
        POST /api/v1/notifications/requests/dismiss
        POST /api/v1/notifications/requests/{id}/accept
        POST /api/v1/notifications/requests/{id}/dismiss
        POST /api/v1/notifications/{id}/dismiss
        PATCH /api/v2/notifications/policy
        GET /api/v2/notifications/{group_key}/accounts
        POST /api/v2/notifications/{group_key}/dismiss
    """,
    "write:reports": """
        POST /api/v1/reports
    """,
    "write:statuses": """
        POST /api/v1/markers
        POST /api/v1/polls/{id}/votes
        DELETE /api/v1/scheduled_statuses/{id}
        PUT /api/v1/scheduled_statuses/{id}
        POST /api/v1/statuses
        DELETE /api/v1/statuses/{id}
        PUT /api/v1/statuses/{id}
        PUT /api/v1/statuses/{id}/interaction_policy
        POST /api/v1/statuses/{id}/quotes/{quoting_status_id}/revoke
        POST /api/v1/statuses/{id}/reblog
        POST /api/v1/statuses/{id}/unreblog
    """,
}
