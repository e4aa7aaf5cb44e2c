"""update_profile: words and pictures of a person."""

from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from accounts import pictures
from accounts.actions import update_profile
from accounts.models import User
from common.errors import Invalid, NotAllowed
from events.catalogue import ProfilePicturesReplaced, ProfileUpdated
from tests.factories import make_user, picture_file

pytestmark = pytest.mark.django_db
WORDS = {"display_name": "Alice", "bio": "", "location": "", "website": ""}


def test_words_are_tidied_and_finished(alice, announced):
    with announced() as events:
        update_profile(
            alice,
            display_name=" A\u202el ",
            bio="see https://a.example\r\n!",
            location="",
            website="a.example",
        )
    alice.refresh_from_db()
    assert alice.display_name == "Al"
    assert alice.bio == "see https://a.example\n!"
    assert alice.bio_html.startswith('see <a href="https://a.example"')
    assert alice.website == "https://a.example"
    assert events == [ProfileUpdated(alice.id)]


def test_pictures_are_made_small_and_kept_under_names_of_our_own(alice):
    update_profile(
        alice, **WORDS, avatar=picture_file("../../x.png", (900, 600)), header=picture_file(size=(1600, 900))
    )
    alice.refresh_from_db()
    assert alice.avatar.startswith("avatars/")
    assert alice.header.startswith("headers/")
    assert "x.png" not in alice.avatar
    assert alice.avatar_url == default_storage.url(alice.avatar)
    assert alice.header_url == default_storage.url(alice.header)
    with default_storage.open(alice.avatar) as file, Image.open(BytesIO(file.read())) as picture:
        assert picture.width == picture.height


def test_a_replaced_picture_is_removed_by_a_job(alice, events_happen):
    update_profile(alice, **WORDS, avatar=picture_file())
    first = User.objects.get(pk=alice.pk).avatar
    with events_happen():
        update_profile(alice, **WORDS, avatar=picture_file(colour="red"))
    alice.refresh_from_db()
    assert alice.avatar != first
    assert not default_storage.exists(first)
    assert default_storage.exists(alice.avatar)


def test_removing_a_picture_announces_the_file(alice, announced):
    update_profile(alice, **WORDS, avatar=picture_file())
    with announced() as events:
        former = alice.avatar
        update_profile(alice, **WORDS, remove_avatar=True)
    assert ProfilePicturesReplaced(alice.id, [former]) in events
    alice.refresh_from_db()
    assert alice.avatar == ""


def test_a_new_picture_wins_over_its_removal(alice):
    update_profile(alice, **WORDS, avatar=picture_file(), remove_avatar=True)
    assert alice.avatar


def test_words_alone_leave_the_pictures(alice):
    update_profile(alice, **WORDS, avatar=picture_file())
    before = alice.avatar
    update_profile(alice, **WORDS)
    alice.refresh_from_db()
    assert alice.avatar == before


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("display_name", "x" * 51),
        ("bio", "x" * 161),
        ("location", "x" * 61),
        ("website", "javascript:alert(1)"),
    ],
)
def test_what_is_too_long_or_wrong_changes_nothing(alice, field, value):
    with pytest.raises(Invalid) as refused:
        update_profile(alice, **{**WORDS, field: value})
    assert refused.value.field == field
    assert User.objects.get(pk=alice.pk).display_name == "Alice Ashdown"


def test_a_line_break_counts_as_one_character(alice):
    update_profile(alice, **{**WORDS, "bio": "x" * 158 + "\r\n" + "y"})


def test_a_file_that_is_no_picture_changes_nothing_and_leaves_nothing(alice, tmp_path):
    with pytest.raises(Invalid):
        update_profile(alice, **WORDS, avatar=picture_file(), header=BytesIO(b"<svg onload=alert(1)>"))
    assert User.objects.get(pk=alice.pk).avatar == ""
    assert not [file for file in (tmp_path / "media").rglob("*") if file.is_file()]


def test_files_are_taken_back_when_the_row_cannot_be_written(alice, tmp_path):
    alice_row = User.objects.filter(pk=alice.pk)
    alice_row.delete()
    with pytest.raises(User.DoesNotExist):
        update_profile(alice, **WORDS, avatar=picture_file())
    assert not [file for file in (tmp_path / "media").rglob("*") if file.is_file()]


def test_nobody_has_a_profile_before_the_address_is_confirmed(db):
    with pytest.raises(NotAllowed, match="Confirm"):
        update_profile(make_user(confirmed=False), **WORDS)


def test_removing_files_that_are_gone_is_fine():
    pictures.remove(["avatars/aa/gone.webp"])


def test_descriptions_go_with_their_pictures(alice):
    update_profile(alice, **WORDS, avatar=picture_file(), avatar_description=" a  cup ", is_automated=True)
    alice.refresh_from_db()
    assert (alice.avatar_description, alice.is_automated) == ("a cup", True)
    update_profile(alice, **WORDS)
    assert (alice.avatar_description, alice.is_automated) == ("a cup", True)
    update_profile(alice, **WORDS, avatar=picture_file())
    assert alice.avatar_description == ""
    update_profile(
        alice, **WORDS, avatar_description="gone", header_description="a field", remove_avatar=True
    )
    assert (alice.avatar, alice.avatar_description, alice.header_description) == ("", "", "a field")
    with pytest.raises(Invalid) as refused:
        update_profile(alice, **WORDS, header_description="x" * 151)
    assert refused.value.field == "header_description"
