"""The account itself: joining, address, password, profile, privacy, counters."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import IO, Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import pictures
from accounts.actions.fields import tidy_fields, write_fields
from accounts.actions.locks import lock_people
from accounts.actions.names import note_names
from accounts.attribution import tidy_domains
from accounts.models import User
from accounts.policies import may_edit_profile, refusal
from accounts.texts import bio_to_html, tidy_line, tidy_text, tidy_website
from accounts.usernames import check_form
from common.errors import Invalid, NotAllowed
from common.ids import id_at
from common.sweeping import sweep
from common.writing import count
from events.bus import publish
from events.catalogue import (
    AccountUnlocked,
    PasswordChanged,
    ProfilePicturesReplaced,
    ProfileUpdated,
    UserConfirmed,
    UserRegistered,
)

_REMOVED_AT_ONCE = 100  # people, with all that hangs on them


def register_user(
    username: str,
    email: str,
    password: str | None,
    display_name: str = "",
    *,
    staff: bool = False,
    language: str = "",
) -> User:
    """A new person of this server, who may read until the address is confirmed, and writes in `language`.

    Without a password (None) nobody can sign in as this person. Raises Invalid when the name is malformed
    or taken, also when two people take it at the same moment.
    """
    check_form(username)
    hashed = make_password(password)  # before the transaction: it is slow on purpose
    try:
        with transaction.atomic():
            user = User.objects.create(
                username=username,
                email=email.lower(),
                display_name=tidy_line(display_name),
                password=hashed,
                posts_language=language,
                is_staff=staff,
                is_superuser=staff,
            )
            EmailAddress.objects.create(user=user, email=user.email, primary=True)
            note_names(user)
            publish(UserRegistered(user.id))
    except IntegrityError:
        raise Invalid("This name is taken. Choose another.", "username") from None
    return user


def claim_email(user: User, email: str) -> EmailAddress:
    """The person says the address is theirs; it counts once they have proved it."""
    email = email.lower()
    with transaction.atomic():
        EmailAddress.objects.filter(user=user, verified=False).delete()
        address = EmailAddress.objects.create(user=user, email=email, primary=not user.is_confirmed)
        if not user.is_confirmed:
            User.objects.filter(pk=user.pk).update(email=email)
            user.email = email
    return address


def drop_claim(user: User) -> None:
    """The person thought better of a new address; the confirmed one stays."""
    if user.is_confirmed:
        EmailAddress.objects.filter(user=user, verified=False).delete()


def confirm_email(user: User, email: str = "") -> None:
    """The person proved that this address (by default the one they joined with) is theirs.

    It takes the place of an earlier one. Raises Invalid when it has come to belong to someone else.
    """
    email, now = (email or user.email).lower(), timezone.now()
    try:
        with transaction.atomic():
            EmailAddress.objects.filter(user=user).exclude(email=email).delete()
            EmailAddress.objects.update_or_create(
                user=user, email=email, defaults={"verified": True, "primary": True}
            )
            User.objects.filter(pk=user.pk).update(email=email, email_confirmed_at=now)
            publish(UserConfirmed(user.id))
    except IntegrityError:
        raise Invalid("This address belongs to another account of this server.", "email") from None
    user.email, user.email_confirmed_at = email, now


def change_password(user: User, password: str) -> None:
    """Set a new password. Sessions opened with the old one are worth nothing from then on."""
    user.set_password(password)  # before the transaction: it is slow on purpose
    with transaction.atomic():
        user.save(update_fields=["password"])
        publish(PasswordChanged(user.id))


def update_profile(
    user: User,
    *,
    display_name: str,
    bio: str,
    location: str,
    website: str,
    fields: Sequence[tuple[str, str]] | None = None,
    avatar: IO[bytes] | None = None,
    header: IO[bytes] | None = None,
    remove_avatar: bool = False,
    remove_header: bool = False,
    avatar_description: str | None = None,
    header_description: str | None = None,
    is_automated: bool | None = None,
    attribution_domains: Sequence[str] | None = None,
) -> User:
    """Write the profile; a new picture wins over its removal, and replaced files follow by a job.

    `fields` are pairs of label and text. None leaves things as they are, but a description goes with its
    picture. Raises NotAllowed before the address is confirmed, Invalid for what cannot be used.
    """
    if not may_edit_profile(user):
        raise NotAllowed(refusal(user, "change your profile"))
    texts = _profile_texts(display_name, bio, location, website)
    kept = _presented(avatar_description, header_description, is_automated)
    if attribution_domains is not None:
        kept["attribution_domains"] = tidy_domains(attribution_domains)
    pairs = None if fields is None else tidy_fields(fields)
    stored: dict[str, str] = {}
    try:
        # Picture work stays outside the transaction: it takes long, and writers wait for each other.
        stored |= pictures.store_avatar(avatar) if avatar else {}
        stored |= pictures.store_header(header) if header else {}
        removed = {"avatar": remove_avatar, "header": remove_header}
        _write_profile(user, texts | _with_pictures(kept, stored, removed), pairs)
    except BaseException:
        pictures.remove(stored.values())
        raise
    return user


def _profile_texts(display_name: str, bio: str, location: str, website: str) -> dict[str, str]:
    texts = {
        "display_name": tidy_line(display_name),
        "bio": tidy_text(bio),
        "location": tidy_line(location),
        "website": tidy_website(website),
    }
    limits = {
        "display_name": settings.DISPLAY_NAME_MAX_LENGTH,
        "bio": settings.BIO_MAX_LENGTH,
        "location": settings.LOCATION_MAX_LENGTH,
        "website": settings.WEBSITE_MAX_LENGTH,
    }
    for field, limit in limits.items():
        if len(texts[field]) > limit:
            raise Invalid(f"Use at most {limit} characters; this has {len(texts[field])}.", field)
    return texts | {"bio_html": bio_to_html(texts["bio"])}


def _presented(avatar: str | None, header: str | None, is_automated: bool | None) -> dict[str, Any]:
    said = {"avatar_description": avatar, "header_description": header}
    found: dict[str, Any] = {name: tidy_line(text) for name, text in said.items() if text is not None}
    limit = settings.PROFILE_PICTURE_MAX_DESCRIPTION
    for name, text in found.items():
        if len(text) > limit:
            raise Invalid(f"Use at most {limit} characters; this has {len(text)}.", name)
    return found if is_automated is None else found | {"is_automated": is_automated}


def _with_pictures(said: dict[str, Any], stored: dict[str, str], removed: dict[str, bool]) -> dict[str, Any]:
    """A new picture has no description but one that came with it, and none at all has none."""
    former = {f"{name}_description": "" for name in stored}
    gone = [name for name, is_removed in removed.items() if is_removed and name not in stored]
    return stored | former | said | {part: "" for name in gone for part in (name, f"{name}_description")}


@transaction.atomic
def _write_profile(user: User, changes: dict[str, Any], fields: list[tuple[str, str]] | None) -> None:
    lock_people(user.pk)
    before = User.objects.get(pk=user.pk)
    replaced = [
        name
        for part in ("avatar", "header")
        if part in changes and (name := getattr(before, part)) and name != changes[part]
    ]
    for field, value in changes.items():
        setattr(user, field, value)
    user.save(update_fields=list(changes))
    note_names(user)
    if fields is not None:
        write_fields(user, fields)
    publish(ProfileUpdated(user.id))
    if replaced:
        publish(ProfilePicturesReplaced(user.id, replaced))


@transaction.atomic
def update_privacy(
    user: User,
    *,
    is_locked: bool,
    is_findable: bool,
    hides_network: bool,
    hides_counts: bool,
    messages_from: str,
) -> User:
    """Write who may follow, search and write messages, who sees the lists, and which counts one reads.

    Unlocking lets in everyone who asked, by a job; announced only when it was locked before.
    Raises Invalid for an unknown choice.
    """
    if messages_from not in User.MessagesFrom.values:
        raise Invalid("Choose who may message you.", field="messages_from")
    lock_people(user.pk)
    was_locked = User.objects.values_list("is_locked", flat=True).get(pk=user.pk)
    user.is_locked, user.hides_network, user.hides_counts = is_locked, hides_network, hides_counts
    user.is_findable, user.messages_from = is_findable, messages_from
    user.save(update_fields=["is_locked", "is_findable", "hides_network", "hides_counts", "messages_from"])
    if was_locked and not is_locked:
        publish(AccountUnlocked(user.id))
    return user


def note_filters(user: User, revision: int) -> None:
    """The person's word filters are others now, or there are none (0)."""
    User.objects.filter(pk=user.pk).update(filters_revision=revision)
    user.filters_revision = revision


def adjust_counts(
    user_id: int,
    *,
    tweets: int = 0,
    followers: int = 0,
    following: int = 0,
    tweeted_at: datetime | None = None,
) -> None:
    """Add to the counters of a person, in SQL, so that two writers never lose one another's.

    `tweeted_at` also notes when the person last said something.
    """
    noted = {} if tweeted_at is None else {"last_tweeted_at": tweeted_at}
    count(User, user_id, _counters(tweets, followers, following), **noted)


def correct_counts(user_id: int, *, tweets: int = 0, followers: int = 0, following: int = 0) -> None:
    """Add what a recount found missing. Differences, not totals: what happens meanwhile still counts."""
    count(User, user_id, _counters(tweets, followers, following))


def _counters(tweets: int, followers: int, following: int) -> dict[str, int]:
    return {"tweets_count": tweets, "followers_count": followers, "following_count": following}


def drop_newcomer(user: User) -> None:
    """Nobody sees who did not confirm an address: they go without a trace, and the name is free.

    Raises NotAllowed for anybody else.
    """
    newcomer = User.objects.local().filter(pk=user.pk, email_confirmed_at=None, is_staff=False)
    if not newcomer.filter(last_tweeted_at=None, tweets_count=0).delete()[0]:
        raise NotAllowed("This account is in use.")


def remove_never_confirmed(*, dry_run: bool = False) -> int:
    """Who did not confirm an address within UNCONFIRMED_DAYS goes, and the name is free. Returns how many."""
    too_old = id_at(timezone.now() - timedelta(days=settings.UNCONFIRMED_DAYS))
    joined = User.objects.local().exclude(state=User.State.GONE)  # those keep their names from others
    forgotten = joined.filter(
        id__lt=too_old, email_confirmed_at=None, is_staff=False, last_tweeted_at=None, tweets_count=0
    )
    return sweep(forgotten, dry_run=dry_run, batch=_REMOVED_AT_ONCE)
