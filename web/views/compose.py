"""Writing, editing and deleting a tweet. Every form here works without scripts."""

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.models import User
from attachments.actions import upload
from attachments.models import Attachment
from attachments.queries import unclaimed
from common.errors import Conflict, Invalid, NotAllowed, NotFound, TooMany
from tweets.actions import delete_tweet, edit_tweet, post_tweet
from tweets.cards import card_of
from tweets.models import Tweet
from tweets.policies import may_delete, may_edit
from tweets.queries import images_of, tweet_for
from web.access import writer_required
from web.forms.tweet import Composer, attachment_ids, new_pictures


@writer_required
@require_http_methods(["GET", "HEAD", "POST"])
def create_tweet(request: HttpRequest) -> HttpResponse:
    author = cast(User, request.user)
    if request.method != "POST":
        return _form(request, Composer.blank(), "New tweet")
    composer = Composer.sent(request.POST, unclaimed(author, attachment_ids(request.POST)))
    if not _ready(request, composer) or not _tried(composer, lambda: post_tweet(author, composer.to_draft())):
        return _form(request, composer, "New tweet")
    messages.success(request, "Tweet posted successfully!")
    return redirect("feed")


@writer_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_tweet_page(request: HttpRequest, tweet_id: int) -> HttpResponse:
    author = cast(User, request.user)
    tweet = tweet_for(author, tweet_id)
    if not may_edit(author, tweet):
        raise NotAllowed("You can only edit your own tweets.")
    if request.method != "POST":
        return _form(request, _composer_for(tweet), "Edit tweet")
    composer = Composer.sent(request.POST, _attachments(author, tweet, request), request.path)
    composer.submit_label = "Save"
    try:
        saved = _ready(request, composer) and _tried(
            composer, lambda: edit_tweet(author, tweet, composer.to_draft(), revision=composer.revision)
        )
    except Conflict as conflict:
        saved = False
        current = tweet_for(author, tweet_id)
        composer.version = str(current.revision)  # having seen this, they may save over it
        composer.errors.append(f"{conflict.message} It now says: “{current.text}”")
    if not saved:
        return _form(request, composer, "Edit tweet")
    messages.success(request, "Tweet saved.")
    return redirect(tweet.path)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete_tweet_page(request: HttpRequest, tweet_id: int) -> HttpResponse:
    author = cast(User, request.user)
    try:
        tweet = tweet_for(author, tweet_id)
    except NotFound:
        if request.method != "POST":
            raise
        messages.info(request, "That tweet is already gone.")  # the second of two clicks
        return redirect("feed")
    if not may_delete(author, tweet):
        raise NotAllowed("You can only delete your own tweets.")
    if request.method != "POST":
        return render(request, "web/delete.html", {"card": card_of(tweet, author)})
    delete_tweet(author, tweet)
    messages.success(request, "Tweet deleted.")
    return redirect("feed")


def _composer_for(tweet: Tweet) -> Composer:
    return Composer(
        action=f"/edit/{tweet.id}/",
        text=tweet.text,
        version=str(tweet.revision),
        attachments=images_of(tweet),
        submit_label="Save",
    )


def _attachments(author: User, tweet: Tweet, request: HttpRequest) -> list[Attachment]:
    """The pictures in the form: those of the tweet and the author's new ones, in the form's order."""
    ids = attachment_ids(request.POST)
    found = {image.id: image for image in [*images_of(tweet), *unclaimed(author, ids)]}
    return [found[an_id] for an_id in ids if an_id in found]


def _ready(request: HttpRequest, composer: Composer) -> bool:
    """Take in fresh pictures and obey the buttons; false when the form is to be shown again."""
    for file, description in new_pictures(request.FILES.getlist("pictures"), request.POST):
        if len(composer.attachments) == composer.max_pictures:
            composer.errors.append(f"A tweet holds at most {composer.max_pictures} pictures.")
            break
        try:
            composer.attachments.append(upload(cast(User, request.user), file, description))
        except (Invalid, TooMany) as error:
            composer.errors.append(error.message)
    rearranged = composer.rearrange(request.POST)
    return not rearranged and not composer.errors


def _tried(composer: Composer, deed: Callable[[], object]) -> bool:
    try:
        deed()
    except Conflict:
        raise
    except Invalid as error:
        composer.errors.append(error.message)
        return False
    return True


def _form(request: HttpRequest, composer: Composer, title: str) -> HttpResponse:
    context = {"composer": composer, "title": title, "nav": "compose"}
    return render(request, "web/compose.html", context, status=422 if composer.errors else 200)
