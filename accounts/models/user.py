"""One person."""

from datetime import datetime
from typing import Any, ClassVar
from urllib.parse import quote

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.files.storage import default_storage
from django.db import models
from django.db.models.functions import Lower
from django.db.models.lookups import Exact

from accounts.models.preferences import Preferences
from accounts.models.presentation import Presentation
from accounts.models.standing import Standing
from accounts.roles import PERMISSIONS, Permission
from common.ids import moment_of
from common.models import TimeOrdered

# Long enough for a local part of 30, an @ and the longest host name (RFC 1035: 253).
_USERNAME_COLUMN = 288
WELL_KNOWN_FROM = 50  # followers; a part of the index, so a change needs a migration


class UserQuerySet(models.QuerySet["User"]):
    def local(self) -> "UserQuerySet":
        """People who joined here."""
        return self.exclude(username__contains="@")

    def active(self) -> "UserQuerySet":
        """People who are not suspended and not leaving."""
        return self.filter(state=User.State.ACTIVE)

    def named(self, username: str) -> "UserQuerySet":
        """The person of that name, whatever its case; asked so that the index of the constraint answers."""
        return self.filter(Exact(Lower("username"), _without_nul(username).lower()))

    def confirmed(self) -> "UserQuerySet":
        """People who proved their address; the others are seen by nobody but themselves."""
        return self.filter(email_confirmed_at__isnull=False)

    def reachable(self) -> "UserQuerySet":
        """People whom others can see and write to: remote ones, and those here who proved their address."""
        here = models.Q(email_confirmed_at__isnull=False)
        return self.active().filter(here | models.Q(username__contains="@"))

    def offered(self) -> "UserQuerySet":
        """Whom the site may show to those who did not ask for them: the reachable whom staff did not limit.

        Lists for a viewer also name limited people whom that viewer follows, see `offered_people` of
        relationships/queries.
        """
        return self.reachable().filter(is_limited=False)

    def well_known(self) -> "UserQuerySet":
        """The few with many followers, most followers first; one index range."""
        return self.filter(followers_count__gte=WELL_KNOWN_FROM).order_by("-followers_count")

    def owning(self, email: str) -> "UserQuerySet":
        """The one person who proved that this address is theirs, whatever its case."""
        same = Exact(Lower("email"), _without_nul(email).lower())
        return self.confirmed().exclude(email="").filter(same)

    def for_request(self) -> "UserQuerySet":
        """The slim row that each request of a signed-in person loads: what the frame of a page shows,
        and what it takes to know who they are and what they may. The rest is asked for when it is used.
        """
        return self.only(*User.FOR_REQUEST)


class UserManager(BaseUserManager["User"]):
    """What Django's own commands call; the site itself goes through accounts.actions."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return User.objects.named(username or "").get()

    def create_user(
        self, username: str, email: str = "", password: str | None = None, **fields: Any
    ) -> "User":
        person: User = self.model(username=username, email=email.lower(), **fields)
        person.password = make_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(
        self, username: str, email: str = "", password: str | None = None, **fields: Any
    ) -> "User":
        return self.create_user(username, email, password, is_staff=True, is_superuser=True, **fields)


class User(TimeOrdered, Preferences, Presentation, Standing, AbstractBaseUser, PermissionsMixin):
    """A person. Remote ones are called `alice@other.example` and can never sign in here."""

    class State(models.TextChoices):
        ACTIVE = "active"
        SUSPENDED = "suspended"
        LEAVING = "leaving"  # asked to be deleted; until `leaves_at` logging in again undoes it
        GONE = "gone"  # everything is being removed, or was: what stays keeps the name from others

    class MessagesFrom(models.TextChoices):
        """Who may begin a conversation with this person."""

        EVERYONE = "everyone"
        FOLLOWED = "followed"  # those whom the person follows

    username = models.CharField(max_length=_USERNAME_COLUMN)
    display_name = models.CharField(max_length=settings.DISPLAY_NAME_MAX_LENGTH, blank=True)
    bio = models.TextField(max_length=settings.BIO_MAX_LENGTH, blank=True)
    bio_html = models.TextField(blank=True, editable=False)  # finished at write time, see accounts/bio
    location = models.CharField(max_length=settings.LOCATION_MAX_LENGTH, blank=True)
    website = models.CharField(max_length=settings.WEBSITE_MAX_LENGTH, blank=True)
    avatar = models.CharField(max_length=200, blank=True, editable=False)  # stored name
    header = models.CharField(max_length=200, blank=True, editable=False)  # stored name
    # An address belongs to whoever proved it. Until then several may claim it, so that joining with
    # an address says nothing about who has an account, and nobody can keep another's address occupied.
    email = models.EmailField(blank=True)
    email_confirmed_at = models.DateTimeField(null=True, blank=True)  # until then: read, not write
    state = models.CharField(max_length=16, choices=State, default=State.ACTIVE)
    leaves_at = models.DateTimeField(null=True, editable=False)
    is_staff = models.BooleanField(default=False)  # may enter Django's admin; what else, says `staff_role`
    is_locked = models.BooleanField(default=False, db_default=False)  # followers are asked for, not taken
    hides_network = models.BooleanField(
        default=False, db_default=False
    )  # whom one follows, and who follows one
    is_findable = models.BooleanField(default=True, db_default=True)  # what one said, by those who search
    hides_counts = models.BooleanField(
        default=False, db_default=False
    )  # of likes and the like, everywhere one reads
    messages_from = models.CharField(
        max_length=10, choices=MessagesFrom, default=MessagesFrom.EVERYONE, db_default=MessagesFrom.EVERYONE
    )
    time_zone = models.CharField(max_length=40, blank=True, default="", db_default="")  # IANA; empty: unknown
    # Of the person's word filters, which are kept compiled: another with each change, 0 while there are none.
    filters_revision = models.BigIntegerField(default=0, db_default=0, editable=False)
    uri = models.CharField(max_length=500, blank=True, editable=False)  # given by the origin; empty for ours
    tweets_count = models.PositiveIntegerField(default=0, editable=False)
    followers_count = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    following_count = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    last_tweeted_at = models.DateTimeField(null=True, editable=False)

    objects = UserManager.from_queryset(UserQuerySet)()

    # What `for_request` loads.
    FOR_REQUEST = (
        "username",
        "display_name",
        "avatar",
        "password",  # the session is bound to it
        "email",
        "email_confirmed_at",
        "state",
        "is_staff",
        "is_superuser",
        "role",
        "is_frozen",
        "is_locked",
        "hides_counts",
        "filters_revision",
        "opens_warnings",
        "pictures_shown",
        "reads_languages",
        "posts_to",
        "posts_repliers",
        "posts_quoters",
        "posts_language",
        "posts_sensitive",
        "following_count",
        "tweets_count",
    )

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["email"]

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(Lower("username"), name="user_username_unique"),
            models.UniqueConstraint(
                Lower("email"),
                condition=models.Q(email_confirmed_at__isnull=False) & ~models.Q(email=""),
                name="user_confirmed_email_unique",
            ),
            models.CheckConstraint(condition=~models.Q(username=""), name="user_username_present"),
            models.CheckConstraint(
                condition=models.Q(state__in=["active", "suspended", "leaving", "gone"]),
                name="user_state_known",
            ),
            models.CheckConstraint(
                condition=models.Q(state="leaving", leaves_at__isnull=False)
                | (~models.Q(state="leaving") & models.Q(leaves_at__isnull=True)),
                name="user_leaves_on_a_day",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["-last_tweeted_at"],
                condition=models.Q(last_tweeted_at__isnull=False),
                name="user_last_tweeted",
            ),
            # The few whom many follow: found first by whoever types the beginning of a common name.
            models.Index(
                fields=["-followers_count"],
                condition=models.Q(followers_count__gte=WELL_KNOWN_FROM),
                name="user_well_known",
            ),
            models.Index(
                fields=["leaves_at"], condition=models.Q(leaves_at__isnull=False), name="user_leaves_at"
            ),
            models.Index(
                fields=["erases_at"], condition=models.Q(erases_at__isnull=False), name="user_erases_at"
            ),
        ]

    def __str__(self) -> str:
        return self.handle

    @property
    def is_local(self) -> bool:
        return "@" not in self.username

    @property
    def is_active(self) -> bool:  # type: ignore[override]  # Django's is a column; ours follows from state
        return self.state == User.State.ACTIVE

    @property
    def is_leaving(self) -> bool:
        """Whether the person asked to be deleted and may still think better of it."""
        return self.state == User.State.LEAVING

    @property
    def is_confirmed(self) -> bool:
        """Whether the person proved that the e-mail address is theirs."""
        return self.email_confirmed_at is not None

    @property
    def is_reachable(self) -> bool:
        """Whether others can see and write to this person, see UserQuerySet.reachable."""
        return self.is_active and (self.is_confirmed or not self.is_local)

    @property
    def may_write(self) -> bool:
        """The one gate of everything that others see: each policy asks here."""
        return self.is_active and self.is_confirmed and not self.is_frozen

    def may(self, permission: Permission) -> bool:
        """Whether the person's role has it; nobody who is out of sight or frozen has any."""
        return self.is_active and not self.is_frozen and permission in PERMISSIONS[self.staff_role]

    @property
    def shown_name(self) -> str:
        return self.display_name or self.username.partition("@")[0]

    @property
    def handle(self) -> str:
        """What people of this server see: without a domain for their own."""
        return f"@{self.username}"

    @property
    def full_handle(self) -> str:
        return f"{self.handle}@{settings.SITE_HOST}" if self.is_local else self.handle

    @property
    def path(self) -> str:
        return f"/@{self.username}"

    @property
    def hue(self) -> int:
        """Degrees on the colour circle, for everything drawn without a picture."""
        return (self.id >> 8) * 137 % 360  # 137: neighbours in time get colours far apart

    @property
    def avatar_url(self) -> str:
        if self.avatar:
            return default_storage.url(self.avatar)
        return f"/initials/{self.hue}/{quote(_initials(self.shown_name), safe='')}.svg"

    @property
    def header_url(self) -> str:
        return default_storage.url(self.header) if self.header else ""

    @property
    def joined_at(self) -> datetime:
        return moment_of(self.id)


def _without_nul(text: str) -> str:
    """PostgreSQL fails on NUL; without it the text is nobody's name just as well."""
    return "" if "\0" in text else text


def _initials(name: str) -> str:
    """The first letters of the first and the last word: one or two, of any script."""
    firsts = [letter for word in name.split() if (letter := next(filter(str.isalnum, word), ""))]
    return "".join(firsts[:1] + firsts[1:][-1:]).upper()[:2] or "?"
