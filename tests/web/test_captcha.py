"""A question of the host's own for whoever joins."""

import pytest

from accounts.models import User
from tests.web.test_register import FORM

pytestmark = pytest.mark.django_db

QUESTION = "What do we call the <red> boat?"


@pytest.fixture
def asked(settings):
    settings.CAPTCHA_QUESTION = QUESTION
    settings.CAPTCHA_ANSWERS = ["Élise ", "the old one"]


def test_without_a_question_none_is_asked(client):
    assert 'name="captcha"' not in client.get("/register/").content.decode()


def test_the_form_asks(client, asked):
    page = client.get("/register/").content.decode()
    assert "What do we call the &lt;red&gt; boat?" in page
    assert 'name="captcha"' in page
    for answer in ("Élise", "The  Old One"):
        assert answer not in page


@pytest.mark.parametrize("answer", ["Élise", " elise", "ELISE", "The  Old One"])
def test_who_knows_joins(client, asked, answer):
    assert client.post("/register/", {**FORM, "captcha": answer}).status_code == 302
    assert User.objects.filter(username="nora").exists()


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ("", "required"),
        (" ", "required"),
        ("el", "That is not it."),
        ("Élise | the old one", "That is not it."),
        ("x" * 101, "at most 100"),
        ("\x00", "Null characters"),
    ],
)
def test_who_does_not_know_is_told_and_loses_nothing(client, asked, answer, sentence):
    page = client.post("/register/", {**FORM, "captcha": answer}).content.decode()
    assert sentence in page
    assert 'value="nora"' in page
    assert not User.objects.filter(username="nora").exists()


def test_a_form_without_the_field_does_not_pass(client, asked):
    assert client.post("/register/", FORM).status_code == 200
    assert not User.objects.exists()
