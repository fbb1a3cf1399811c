from django.test import Client

from articles.models import Article
from mindspace.accounts.models import User
from tests.articles.admin.conftest import address


def policy(response) -> dict[str, str]:
    return dict(part.strip().partition(" ")[::2] for part in response["Content-Security-Policy"].split(";"))


def test_it_is_the_page_that_readers_would_get(at_desk: Client, live: Article, ed: User, client: Client) -> None:
    live.save_desk(ed, 1, body="<h2>New part</h2><p>Words that wait.</p>")
    page = at_desk.get(address(live, "preview")).content.decode()
    assert "Readers do not see this." in page
    assert "Words that wait." in page
    assert '<a class="contents-link" href="#new-part">' in page
    assert "Words that wait." not in client.get(f"/articles/{live.slug}/").content.decode()
    assert live.editions.count() == 1


def test_nobody_keeps_it_and_no_robot_lists_it(at_desk: Client, ready: Article) -> None:
    response = at_desk.get(address(ready, "preview"))
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"
    assert b'<meta name="robots" content="noindex, nofollow">' in response.content
    assert b"canonical" not in response.content


def test_it_may_stand_in_a_frame_of_its_own_site_and_nothing_else_may(at_desk: Client, ready: Article) -> None:
    framed = at_desk.get(address(ready, "preview"))
    assert framed["X-Frame-Options"] == "SAMEORIGIN"
    assert policy(framed)["frame-ancestors"] == "'self'"
    assert "frame-src" not in policy(framed)
    around = at_desk.get(address(ready, "preview/phone"))
    assert around["X-Frame-Options"] == "DENY"
    assert policy(around)["frame-src"] == "'self'"
    assert policy(around)["frame-ancestors"] == "'none'"
    assert f'<iframe class="phone" src="{address(ready, "preview")}"' in around.content.decode()
    other = at_desk.get(address(ready, "check"))
    assert other["X-Frame-Options"] == "DENY"
    assert "frame-src" not in policy(other)


def test_an_empty_desk_copy_has_a_preview(at_desk: Client) -> None:
    assert at_desk.get(address(Article.objects.start(None, title="Only a title"), "preview")).status_code == 200
