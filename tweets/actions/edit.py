"""Saying it better. Every former version is kept."""

from collections.abc import Sequence

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.actions import lock_people
from accounts.models import User
from attachments.actions import claim, describe, discard
from attachments.models import Attachment
from common.errors import Conflict, Invalid, NotAllowed, NotFound
from events.bus import publish
from events.catalogue import TweetEdited
from tweets.actions.content import (
    Said,
    check_number,
    images_for,
    put_words,
    read_text,
    says_the_same,
    show_images,
    write_mentions,
    write_tags,
)
from tweets.actions.newcomers import check_newcomer
from tweets.actions.poll import ask_anew, asks_the_same
from tweets.draft import DraftImage, TweetDraft
from tweets.models import Mention, Poll, Tweet, TweetEdit, TweetHashtag, TweetImage
from tweets.policies import may_edit
from tweets.queries import images_of


@transaction.atomic
def edit_tweet(editor: User, tweet: Tweet, draft: TweetDraft, *, revision: int | None = None) -> Tweet:
    """Replace text, pictures and poll; other choices of a poll throw its votes away.

    `revision` is the version the editor saw, if the door knows it.

    Nothing changes when the draft says what the tweet says already. Raises NotAllowed for anyone
    but the author, Invalid for what a tweet cannot hold, Conflict when someone was faster.
    """
    if not may_edit(editor, tweet):
        raise NotAllowed("You can only edit your own tweets.")
    lock_people(editor.pk)
    current = Tweet.objects.select_for_update(no_key=True).filter(pk=tweet.pk).first()
    if current is None:
        raise NotFound("This tweet was deleted in the meantime.")
    said = read_text(draft)
    check_newcomer(editor, said, answers=current.reply_to_id, is_edit=True)
    shown = images_of(current)
    poll = Poll.objects.filter(pk=current.pk).first()
    asks_same = asks_the_same(poll, said.poll)
    if says_the_same(current, said) and _same_images(shown, draft.images) and asks_same:
        return current
    if revision is not None and revision != current.revision:
        raise Conflict("This tweet was changed in another window. Compare, then save again.", field="text")
    _keep_version(current, shown, poll)
    _replace_text(current, said)
    _replace_images(editor, current, shown, draft.images)
    ask_anew(current, poll, said.poll)
    publish(TweetEdited(tweet_id=current.id, author_id=current.author_id))
    return current


def _same_images(shown: Sequence[Attachment], wanted: Sequence[DraftImage]) -> bool:
    return [(image.id, image.description) for image in shown] == [
        (image.attachment_id, image.description.strip()) for image in wanted
    ]


def _keep_version(tweet: Tweet, shown: Sequence[Attachment], poll: Poll | None) -> None:
    if tweet.revision > settings.TWEET_EDITS_KEPT:
        raise Invalid(f"A tweet can be edited {settings.TWEET_EDITS_KEPT} times; say the rest in a new one.")
    TweetEdit.objects.create(
        tweet=tweet,
        revision=tweet.revision,
        text=tweet.text,
        warning=tweet.warning,
        is_sensitive=tweet.is_sensitive,
        language=tweet.language,
        poll={"choices": poll.choices, "counts": poll.counts} if poll else None,
        pictures=[{"id": image.id, "description": image.description} for image in shown],
        written_at=tweet.edited_at or tweet.created_at,
    )


def _replace_text(tweet: Tweet, said: Said) -> None:
    columns = put_words(tweet, said)
    tweet.edited_at = timezone.now()
    tweet.revision += 1
    tweet.save(update_fields=[*columns, "edited_at", "revision"])
    TweetHashtag.objects.filter(tweet=tweet).delete()
    write_tags(tweet, said.hashtags)
    if tweet.visibility != Tweet.Visibility.DIRECT:  # its readers were chosen when it was posted
        mentions = Mention.objects.filter(tweet=tweet)
        # Whom an answer to few is for goes on reading it, named in it or not.
        answered = [] if tweet.is_open else list(mentions.filter(person_id=tweet.reply_to_author_id))
        mentions.delete()
        write_mentions(tweet, said.mentions, [mention.person_id for mention in answered])


def _replace_images(
    editor: User, tweet: Tweet, shown: Sequence[Attachment], wanted: Sequence[DraftImage]
) -> None:
    check_number(wanted)
    kept = {image.id: image for image in shown}
    added = images_for(editor, [image for image in wanted if image.attachment_id not in kept])
    claim(added)
    new = {image.id: image for image in added}
    order = []
    for draft in wanted:
        image = new.get(draft.attachment_id) or kept.pop(draft.attachment_id, None)
        if image is None:
            raise Invalid("The same picture is in the form twice. Remove one.", field="pictures")
        describe(image, draft.description)
        order.append(image)
    TweetImage.objects.filter(tweet=tweet).delete()
    show_images(tweet, order)
    discard(list(kept.values()))
