"""Writing, editing and deleting a tweet. Every form here works without scripts."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.actions import set_time_zone
from accounts.models import User
from attachments.models import Attachment
from attachments.queries import unclaimed
from common.errors import Conflict, NotAllowed, NotFound
from common.paging import whole_id
from conversations.queries import conversation_id_of
from tweets.actions import delete_tweet, edit_tweet, post_thread, schedule_tweets
from tweets.cards import card_of
from tweets.models import ScheduledTweet, Tweet
from tweets.policies import may_delete, may_edit, rate_of
from tweets.queries import draft_for, images_of, poll_of, tweet_for, unfinished_draft
from web.access import writer_required
from web.composing import composer_of, form_page, is_done, is_ready, pictures_sent, put_in_place
from web.forms.language import LanguageChoice
from web.forms.part import Part
from web.forms.poll import PollFields
from web.forms.saving import place_in
from web.forms.timing import Timing
from web.forms.tweet import Composer, attachment_ids
from web.pace import check
from web.undoing import tell_sent, undo_seconds
from web.writing import DraftOffer, offer_of, said_of


@writer_required
@require_http_methods(["GET", "HEAD", "POST"])
def create_tweet(request: HttpRequest) -> HttpResponse:
    """A new tweet; an answer with `reply_to`, a quote with `quote`, each the id of a tweet."""
    author = cast(User, request.user)
    if request.method != "POST":
        return _begin(request, author)
    composer = Composer.sent(request.POST, pictures_sent(author, request.POST))
    composer.timing = Timing.sent(request.POST, author)
    try:
        _place(author, composer, request.POST)
    except (NotAllowed, NotFound) as error:
        composer.errors.append(f"{error.message} Your words are kept: send them again to tweet them alone.")
    if "open" in request.POST:  # from a form with less room: the same words, on this page
        return _form(request, composer, _title(composer))
    if composer.timing.value:
        return _schedule(request, author, composer)
    posted: list[Tweet] = []

    def post() -> None:
        drafts = composer.to_drafts()
        answered = composer.parent.visibility if composer.parent else ""
        check(request, rate_of(drafts[0].visibility, answered), cost=len(drafts))
        posted.extend(post_thread(author, drafts, undo_seconds=undo_seconds()))

    if not is_ready(request, composer) or not is_done(composer, post):
        return _form(request, composer, _title(composer))
    if posted[0].visibility == Tweet.Visibility.DIRECT:
        return _to_messages(request, posted[0], "Message sent.")
    tell_sent(request, posted[0], _sentence(composer))
    return redirect(posted[0].path) if composer.parent else redirect("feed")


def _begin(request: HttpRequest, author: User) -> HttpResponse:
    """An empty form, or with `draft` the one that is continued."""
    if "draft" in request.GET:
        composer = composer_of(author, draft_for(author, whole_id(request.GET["draft"]) or 0))
        offer = None
    else:
        composer = Composer.blank(author)
        _place(author, composer, request.GET)
        offer = offer_of(unfinished_draft(author, place_in(request.GET)))
    composer.timing = Timing.blank(author)
    composer.timing.is_open = request.GET.get("open") == "schedule"
    return _form(request, composer, _title(composer), offer)


def _schedule(request: HttpRequest, author: User, composer: Composer) -> HttpResponse:
    scheduled: list[ScheduledTweet] = []
    timing = cast(Timing, composer.timing)

    def schedule() -> None:
        scheduled.append(schedule_tweets(author, composer.to_drafts(), timing.moment()))

    if not is_ready(request, composer) or not is_done(composer, schedule):
        return _form(request, composer, _title(composer))
    if timing.asks_zone:
        set_time_zone(author, timing.zone)
    messages.success(request, said_of(scheduled[0], author))
    return redirect("scheduled")


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
        saved = is_ready(request, composer) and is_done(
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
    return redirect("messages" if tweet.visibility == Tweet.Visibility.DIRECT else "feed")


def _to_messages(request: HttpRequest, tweet: Tweet, sentence: str) -> HttpResponse:
    """To the conversation of a direct tweet; the list of them leads there as well."""
    tell_sent(request, tweet, sentence)
    there = conversation_id_of(tweet)
    return redirect("conversation", there) if there else redirect("messages")


def _place(author: User, composer: Composer, asked: QueryDict) -> None:
    put_in_place(author, composer, whole_id(asked.get("reply_to", "")), whole_id(asked.get("quote", "")))


def _sentence(composer: Composer) -> str:
    if composer.is_thread:
        return "Your thread was posted."
    return "Reply posted." if composer.parent else "Tweet posted successfully!"


def _title(composer: Composer) -> str:
    if composer.parent:
        return "Reply"
    return "Quote" if composer.quoted else "New tweet"


def _composer_for(tweet: Tweet) -> Composer:
    return Composer(
        action=f"/edit/{tweet.id}/",
        parts=[
            Part(
                text=tweet.text,
                warning=tweet.warning,
                is_sensitive=tweet.is_sensitive,
                poll=PollFields.holding(poll_of(tweet)),
                attachments=images_of(tweet),
            )
        ],
        language=LanguageChoice(tweet.language),
        version=str(tweet.revision),
        submit_label="Save",
    )


def _attachments(author: User, tweet: Tweet, request: HttpRequest) -> list[Attachment]:
    """The pictures in the form: those of the tweet and the author's new ones, in the form's order."""
    ids = attachment_ids(request.POST)
    found = {image.id: image for image in [*images_of(tweet), *unclaimed(author, ids)]}
    return [found[an_id] for an_id in ids if an_id in found]


def _form(
    request: HttpRequest, composer: Composer, title: str, offer: DraftOffer | None = None
) -> HttpResponse:
    context = {"title": title, "offer": offer, "nav": "compose"}
    return form_page(request, "web/compose.html", composer, context)
