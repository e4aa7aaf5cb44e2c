"""The addresses of what is not said yet: drafts and scheduled tweets."""

from django.urls import URLPattern, URLResolver, path

from web.views import drafts, scheduled

urlpatterns: list[URLPattern | URLResolver] = [
    path("drafts/", drafts.drafts, name="drafts"),
    path("drafts/save", drafts.save, name="save_draft"),
    path("drafts/keep", drafts.keep, name="keep_draft"),
    path("drafts/offer", drafts.offer, name="draft_offer"),
    path("drafts/<int:draft_id>/discard", drafts.discard, name="discard_draft"),
    path("scheduled/", scheduled.scheduled, name="scheduled"),
    path("scheduled/<int:scheduled_id>/", scheduled.edit, name="edit_scheduled"),
    path("scheduled/<int:scheduled_id>/post", scheduled.post_now, name="post_scheduled"),
    path("scheduled/<int:scheduled_id>/cancel", scheduled.cancel, name="cancel_scheduled"),
]
