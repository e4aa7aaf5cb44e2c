"""Taking back what was sent a moment ago; the words and pictures return to the composer."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.models import User
from common.errors import Invalid, NotFound
from tweets.actions import undo_posting, undone_key
from tweets.cards import card_of
from tweets.queries import drafts_of, tweet_for
from web.ways import one_button
from web.writing import path_to


@one_button
def undo(request: HttpRequest, handle: str, tweet_id: int) -> HttpResponse:
    author = cast(User, request.user)
    try:
        draft = undo_posting(author, tweet_id)
    except Invalid as late:
        card = card_of(tweet_for(author, tweet_id), author)
        return render(request, "web/delete.html", {"card": card, "late": late.message}, status=409)
    except NotFound:
        earlier = drafts_of(author).filter(key=undone_key(tweet_id)).first()  # the second of two clicks
        if earlier is None:
            raise
        return redirect(path_to(earlier))
    messages.success(request, "Taken back before anybody was told. Your words are here again.")
    return redirect(path_to(draft))
