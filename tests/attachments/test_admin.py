"""Pictures in the admin: looked at, never changed."""

import pytest
from django.urls import reverse

from attachments.models import Attachment
from tests.factories import make_image, make_user

pytestmark = pytest.mark.django_db
LIST = "/admin/attachments/attachment/"


@pytest.fixture
def as_staff(staff, as_person):
    return as_person(staff)


@pytest.mark.parametrize("number", [3, 30])
def test_the_list_shows_pictures_in_a_fixed_number_of_queries(as_staff, number, django_assert_num_queries):
    images = [make_image(make_user(), f"Field {n}") for n in range(number)]
    as_staff.get(LIST)
    with django_assert_num_queries(3):
        page = as_staff.get(LIST).content.decode()
    assert all(image.thumb_url in page and image.description in page for image in images)


def test_a_picture_that_failed_is_found(as_staff, alice):
    good, failed = make_image(alice), make_image(alice)
    Attachment.objects.filter(pk=failed.pk).update(state=Attachment.State.FAILED)
    page = as_staff.get(LIST, {"state": "failed"}).content.decode()
    assert failed.thumb_url in page
    assert good.thumb_url not in page


def test_nothing_is_changed_added_or_deleted_here(as_staff, alice, as_alice):
    image = make_image(alice, "as it was")
    change = reverse("admin:attachments_attachment_change", args=[image.id])
    assert image.full_url in as_staff.get(change).content.decode()
    assert as_staff.post(change, {"description": "changed"}).status_code == 403
    assert as_staff.post(reverse("admin:attachments_attachment_delete", args=[image.id])).status_code == 403
    assert as_staff.get(reverse("admin:attachments_attachment_add")).status_code == 403
    assert as_alice.get(LIST).status_code == 302
    assert Attachment.objects.get().description == "as it was"
