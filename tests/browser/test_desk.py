"""An article's whole way, by the people who do it: from the first word to readers, and off the page again."""

import io
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Page, expect

from articles.models import Article, Picture, Topic
from mindspace.accounts.roles import EDITOR, REVIEWER
from tests.accounts.conftest import make
from tests.browser.desk import come_in, press, save


@pytest.fixture
def photo() -> dict[str, object]:
    file = io.BytesIO()
    Image.new("RGB", (800, 600), (90, 120, 100)).save(file, "PNG")
    return {"name": "IMG_2041.png", "mimeType": "image/png", "buffer": file.getvalue()}


def write(page: Page, photo: dict[str, object]) -> None:
    page.get_by_label("Title:").fill("How to sit with a friend")
    page.get_by_label("Summary:").fill("What helps when a friend is low.")
    page.locator(".ProseMirror").click()
    press(page, "Heading")
    page.keyboard.type("Sit down first")
    page.keyboard.press("Enter")
    page.keyboard.type("You do not need the rigth words.")
    page.keyboard.press("Enter")
    press(page, "Picture")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("File").set_input_files(photo)
    dialog.get_by_label("What does it show?").fill("IMG_2041.png")
    press(page, "Add picture")
    expect(dialog.get_by_role("alert")).to_contain_text("looks like a file name")
    dialog.get_by_label("What does it show?").fill("Two friends on a bench")
    press(page, "Add picture")
    expect(page.locator(".prose-page figure img")).to_be_visible()
    page.get_by_label("Friends", exact=True).check()
    save(page)


def test_the_whole_way(new_page: Callable[..., Page], live: str, photo: dict[str, object]) -> None:
    ed, rae = make("ed", EDITOR), make("rae", REVIEWER)
    Topic.objects.create(name="Friends", slug="friends")
    desk, review, reader = new_page(width=1280), new_page(width=1280), new_page()
    come_in(desk, live, ed)
    come_in(review, live, rae)
    address = f"{live}/articles/how-to-sit-with-a-friend/"

    desk.goto(f"{live}/admin/articles/article/")
    desk.get_by_role("link", name=re.compile("add article", re.IGNORECASE)).first.click()
    write(desk, photo)
    article = Article.objects.get()
    expect(desk.locator(".desk-side .standing")).to_have_text("Draft")

    desk.get_by_role("link", name="Preview", exact=True).click()
    phone = desk.frame_locator("iframe.phone")
    expect(phone.get_by_role("heading", level=1)).to_have_text("How to sit with a friend")
    expect(phone.get_by_role("img", name="Two friends on a bench")).to_be_visible()
    assert reader.goto(address).status == 404

    desk.get_by_role("link", name="Review", exact=True).click()
    press(desk, "Send for review")
    expect(desk.locator(".messagelist")).to_contain_text("Sent for review.")

    review.goto(f"{live}/admin/")
    review.get_by_role("link", name="“How to sit with a friend” waits for your review").click()
    press(review, "I have read it: approve")
    expect(review.locator(".messagelist")).to_contain_text("Approved.")

    desk.goto(f"{live}/admin/")
    desk.get_by_role("link", name="“How to sit with a friend” is approved and can be published").click()
    desk.locator("form.desk-form").get_by_role("button", name="Publish").click()
    expect(desk.locator(".messagelist")).to_contain_text("Readers see edition 1 now.")
    reader.wait_for_timeout(2000)  # a page may be kept for so long
    assert reader.goto(address).status == 200
    expect(reader.get_by_text("You do not need the rigth words.")).to_be_visible()
    expect(reader.get_by_role("img", name="Two friends on a bench")).to_be_visible()

    mend_a_typo(desk, review, live, article)
    reader.wait_for_timeout(2000)
    reader.goto(address)
    expect(reader.get_by_text("You do not need the right words.")).to_be_visible()

    put_away(desk, live, article)
    reader.wait_for_timeout(2000)
    assert reader.goto(address).status == 410


def mend_a_typo(desk: Page, review: Page, live: str, article: Article) -> None:
    desk.goto(f"{live}/admin/articles/article/{article.pk}/change/")
    desk.locator(".ProseMirror p", has_text="rigth").click(click_count=3)  # a key pressed many times may lose one
    desk.keyboard.type("You do not need the right words.")
    expect(desk.locator(".ProseMirror")).to_contain_text("You do not need the right words.")
    expect(desk.locator(".ProseMirror")).not_to_contain_text("rigth")
    save(desk)
    expect(desk.locator(".desk-side .standings")).to_contain_text("Live, with changes not published yet")
    review.goto(f"{live}/admin/articles/article/{article.pk}/review/")
    expect(review.locator(".changes del")).to_contain_text("rigth")
    expect(review.locator(".changes ins")).to_contain_text("right")
    press(review, "I have read it: approve")
    desk.goto(f"{live}/admin/articles/article/{article.pk}/publish/")
    desk.locator("form.desk-form").get_by_role("button", name="Publish").click()
    expect(desk.locator(".messagelist")).to_contain_text("Readers see edition 2 now.")


def put_away(desk: Page, live: str, article: Article) -> None:
    desk.goto(f"{live}/admin/articles/article/{article.pk}/versions/")
    desk.get_by_role("link", name="Take the whole article down").click()
    desk.get_by_label("Why").fill("It needs another look.")
    press(desk, "Take it down")
    expect(desk.locator(".version").first).to_contain_text("Why it was taken down: It needs another look.")


def test_scheduling_asks_and_says_when(new_page: Callable[..., Page], live: str) -> None:
    ed, rae = make("ed", EDITOR), make("rae", REVIEWER)
    topic = Topic.objects.create(name="Friends", slug="friends")
    article = Article.objects.start(ed, title="Later", dek="A line.", body="<p>Words.</p>", topics=[topic])
    article.approve(rae)
    page = new_page(width=1280)
    come_in(page, live, ed)
    page.goto(f"{live}/admin/articles/article/{article.pk}/publish/")
    page.get_by_label("At a later time").check()
    page.locator("form.desk-form").get_by_role("button", name="Publish").click()
    expect(page.locator(".field-error").first).to_contain_text("Give the day and the time.")
    page.get_by_label("Day").fill((timezone.localdate() + timedelta(days=3)).isoformat())
    page.get_by_label("Time", exact=True).fill("09:30")
    page.locator("form.desk-form").get_by_role("button", name="Publish").click()
    expect(page.locator(".messagelist")).to_contain_text("Scheduled. Readers see it on")
    expect(page.locator(".desk-side .standing")).to_contain_text("Scheduled for")
    page.goto(f"{live}/admin/")
    expect(page.get_by_role("link", name=re.compile("“Later” comes out on"))).to_be_visible()


def test_a_picture_that_is_there_is_taken_from_the_shelf(
    new_page: Callable[..., Page], live: str, photo: dict[str, object]
) -> None:
    picture = Picture.objects.upload(SimpleUploadedFile("a.png", photo["buffer"]), alt="Two friends on a bench")
    page = new_page(width=1280)
    come_in(page, live, make("ed", EDITOR))
    page.goto(f"{live}/admin/articles/article/add/")
    press(page, "Picture")
    page.get_by_role("searchbox", name="Search").fill("boat")
    expect(page.get_by_text("No picture found.")).to_be_visible()
    page.get_by_role("searchbox", name="Search").fill("bench")
    page.get_by_role("button", name="Two friends on a bench").click()
    page.keyboard.type("On a Sunday")
    assert page.locator("textarea[name=body]").input_value() == (
        f'<figure data-picture="{picture.pk}"><figcaption>On a Sunday</figcaption></figure>'
    )
    press(page, "Picture")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("dark", [False, True])
def test_no_page_of_the_desk_is_wider_than_the_screen(
    new_page: Callable[..., Page], live: str, width: int, dark: bool
) -> None:
    article = Article.objects.start(None, title="A title of many long words about understanding", body="<p>Words.</p>")
    page = new_page(width=width, dark=dark)
    come_in(page, live, make("ed", EDITOR))
    for name in ("change", "preview/phone", "check", "review", "publish", "versions", "difference"):
        page.goto(f"{live}/admin/articles/article/{article.pk}/{name}/")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
