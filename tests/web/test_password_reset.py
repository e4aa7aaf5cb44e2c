"""A forgotten password."""

import re

import pytest
from django.test import Client

from accounts.actions import register_user
from jobs.engines.embedded import run_pending
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db
NEW = "another horse battery"


@pytest.fixture
def mailed(mailoutbox):
    def link(email: str) -> str:
        Client().post("/password/reset/", {"email": email})
        run_pending()
        (found,) = re.findall(r"http://localhost:8000(/password/reset/\S+-\S+)", mailoutbox[-1].body)
        return found

    return link


def test_a_new_password_by_mail(client, alice, mailed):
    old = Client()
    old.post("/login/", {"login": "alice", "password": PASSWORD})
    page = client.get(mailed("Alice@example.org"), follow=True)
    form = page.redirect_chain[-1][0]
    assert "Choose a new password" in page.content.decode()
    answer = client.post(form, {"password1": NEW})
    assert answer.headers["Location"] == "/password/reset/done/"
    assert client.get("/password/reset/done/").status_code == 200
    alice.refresh_from_db()
    assert alice.check_password(NEW)
    assert not old.get("/").wsgi_request.user.is_authenticated
    assert client.post("/login/", {"login": "alice", "password": NEW}).status_code == 302


def test_the_owner_is_told(client, alice, mailed, mailoutbox):
    form = client.get(mailed(alice.email), follow=True).redirect_chain[-1][0]
    client.post(form, {"password1": NEW}, HTTP_USER_AGENT="Strange/1.0")
    run_pending()
    assert "was changed" in mailoutbox[-1].subject
    assert "Strange/1.0" in mailoutbox[-1].body


def test_a_link_works_once(client, alice, mailed):
    link = mailed(alice.email)
    client.post(client.get(link, follow=True).redirect_chain[-1][0], {"password1": NEW})
    assert "does not work any more" in Client().get(link).content.decode()


def test_a_weak_password_is_refused(client, alice, mailed):
    form = client.get(mailed(alice.email), follow=True).redirect_chain[-1][0]
    assert "too short" in client.post(form, {"password1": "short"}).content.decode()
    alice.refresh_from_db()
    assert alice.check_password(PASSWORD)


@pytest.mark.parametrize(
    "path", ["1-nonsense", "zzzzzzzzzzzzz-x", "zzzzzzzzzzzzzzzzzzzz-a-b", "1-set-password", "0-" + "9" * 300]
)
def test_a_forged_link_is_like_an_old_one(client, alice, path):
    response = client.get(f"/password/reset/{path}/")
    assert response.status_code == 410
    assert "does not work any more" in response.content.decode()


def test_the_answer_is_the_same_whoever_asks(alice, mailoutbox, django_assert_max_num_queries):
    pages, costs = set(), set()
    for email in (alice.email, "nobody@example.org"):
        client = Client()
        with django_assert_max_num_queries(20) as counted:
            answer = client.post("/password/reset/", {"email": email})
        costs.add(len(counted))
        pages.add(
            (answer.status_code, answer.headers["Location"], client.get("/password/reset/sent/").content)
        )
    assert len(pages) == len(costs) == 1
    run_pending()
    assert [mail.to for mail in mailoutbox] == [[alice.email]]


def test_a_made_up_host_does_not_get_into_the_mail(alice, mailoutbox, settings):
    settings.ALLOWED_HOSTS = ["*"]
    settings.SITE_URL = "https://clone.example"
    Client().post("/password/reset/", {"email": alice.email}, HTTP_HOST="evil.example")
    run_pending()
    assert "evil.example" not in mailoutbox[0].body + mailoutbox[0].subject
    assert "https://clone.example/password/reset/" in mailoutbox[0].body


def test_a_host_that_is_not_ours_gets_nothing(alice, mailoutbox):
    assert (
        Client().post("/password/reset/", {"email": alice.email}, HTTP_HOST="evil.example").status_code == 400
    )
    run_pending()
    assert mailoutbox == []


def test_following_the_mail_proves_the_address_of_a_newcomer(client, mailed):
    nora = register_user("nora", "nora@example.org", PASSWORD)
    client.post(client.get(mailed("nora@example.org"), follow=True).redirect_chain[-1][0], {"password1": NEW})
    nora.refresh_from_db()
    assert nora.may_write


def test_nobody_gets_mails_by_the_dozen(alice, mailoutbox):
    statuses = [Client().post("/password/reset/", {"email": alice.email}).status_code for _ in range(5)]
    assert statuses == [302, 302, 302, 429, 429]
    unknown = [Client().post("/password/reset/", {"email": "no@example.org"}).status_code for _ in range(5)]
    assert unknown == statuses


def test_the_key_does_not_stay_in_the_address_bar(client, alice, mailed):
    link = mailed(alice.email)
    assert link.rstrip("/").rpartition("-")[2] not in client.get(link).headers["Location"]
