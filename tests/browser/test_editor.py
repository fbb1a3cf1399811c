"""The editor of an article's body. The fixtures fail each test on anything that the security policy forbids."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from articles import body
from articles.models import Article
from mindspace.accounts.models import User
from mindspace.accounts.roles import EDITOR
from tests.accounts.conftest import make
from tests.browser.desk import PASTE, answer, come_in, paste, press, save, use, written


def plain(html: str) -> str:
    """Without the line breaks that the server puts between blocks."""
    return html.replace("\n", "")


PASTED = Path(__file__).parent.parent / "articles" / "pasted"


@pytest.fixture
def ed(live: str) -> User:
    return make("ed", EDITOR)


@pytest.fixture
def article(ed: User) -> Article:
    return Article.objects.start(ed, title="How to sit with a friend", body="<h2>First</h2><p>Words.</p>")


@pytest.fixture
def page(new_page: Callable[..., Page], live: str, ed: User) -> Page:
    page = new_page(width=1280)
    come_in(page, live, ed)
    return page


@pytest.fixture
def blank(page: Page, live: str) -> Page:
    page.goto(f"{live}/admin/articles/article/add/")
    page.locator(".ProseMirror").click()
    return page


def at(page: Page, live: str, article: Article) -> Page:
    page.goto(f"{live}/admin/articles/article/{article.pk}/change/")
    expect(page.locator(".ProseMirror")).to_be_visible()
    return page


def test_words_marks_headings_lists_and_quotes(blank: Page) -> None:
    keys = blank.keyboard
    use(blank, "Heading")
    keys.type("Sit down first")
    keys.press("Enter")
    keys.type("You can ")
    use(blank, "Bold")
    keys.type("just")
    use(blank, "Bold")
    keys.type(" be ")
    keys.press("Control+i")
    keys.type("there")
    keys.press("Control+i")
    keys.press("Enter")
    use(blank, "Subheading")
    keys.type("Then")
    keys.press("Enter")
    use(blank, "List")
    keys.type("tea")
    keys.press("Enter")
    keys.type("soup")
    keys.press("Enter")
    keys.press("Enter")
    use(blank, "Numbers")
    keys.type("one")
    keys.press("Enter")
    keys.press("Enter")
    use(blank, "Quote")
    keys.type("It helped.")
    assert written(blank) == (
        "<h2>Sit down first</h2><p>You can <strong>just</strong> be <em>there</em></p><h3>Then</h3>"
        "<ul><li><p>tea</p></li><li><p>soup</p></li></ul><ol><li><p>one</p></li></ol>"
        "<blockquote><p>It helped.</p></blockquote>"
    )
    expect(blank.get_by_role("button", name="Quote", exact=True)).to_have_attribute("aria-pressed", "true")
    use(blank, "Undo")
    assert "It helped." not in written(blank)
    use(blank, "Redo")
    assert "It helped." in written(blank)


def test_a_link_is_asked_for_kept_and_removed(blank: Page) -> None:
    press(blank, "Link")
    expect(blank.get_by_role("dialog")).to_contain_text("Select the words first")
    answer(blank, "OK")
    blank.keyboard.type("ways to get help")
    blank.keyboard.press("Control+a")
    press(blank, "Link")
    blank.get_by_label("Where should it lead?").fill("example.org/ways")
    answer(blank, "Save link")
    assert written(blank) == '<p><a href="https://example.org/ways">ways to get help</a></p>'
    press(blank, "Link")
    expect(blank.get_by_label("Where should it lead?")).to_have_value("https://example.org/ways")
    blank.get_by_label("Where should it lead?").fill("/help/")
    blank.keyboard.press("Enter")
    expect(blank.get_by_role("dialog")).to_have_count(0)
    assert '<a href="/help/">' in written(blank)
    press(blank, "Link")
    answer(blank, "Remove link")
    assert written(blank) == "<p>ways to get help</p>"


def test_a_link_that_would_run_a_script_is_not_made(blank: Page) -> None:
    blank.keyboard.type("words")
    blank.keyboard.press("Control+a")
    press(blank, "Link")
    blank.get_by_label("Where should it lead?").fill("javascript:alert(1)")
    answer(blank, "Save link")
    assert "javascript" not in written(blank)


@pytest.mark.parametrize(
    ("words", "level"), [("Good to know", "calm"), ("Get help soon", "concern"), ("Get help now", "urgent")]
)
def test_a_care_card_of_each_level(blank: Page, words: str, level: str) -> None:
    press(blank, "Care card")
    blank.get_by_label(words).check()
    answer(blank, "Save card")
    blank.keyboard.type("Call somebody")
    assert written(blank) == f'<section class="care-card" data-level="{level}"><p>Call somebody</p></section>'
    expect(blank.locator(".prose-page .care-card")).to_contain_text(f"Care card: {words}")
    assert plain(body.clean(written(blank))) == written(blank)


def test_a_care_card_is_changed_and_taken_away(blank: Page) -> None:
    blank.keyboard.type("Rest")
    press(blank, "Care card")
    answer(blank, "Save card")
    press(blank, "Care card")
    blank.get_by_label("Get help soon").check()
    answer(blank, "Save card")
    assert 'data-level="concern"' in written(blank)
    press(blank, "Care card")
    answer(blank, "Remove the card, keep its words")
    assert written(blank) == "<p>Rest</p>"


def test_a_content_note_stands_around_a_passage(blank: Page) -> None:
    blank.keyboard.type("The hard part")
    press(blank, "Content note")
    blank.get_by_label("What is in the passage that may be hard to read?").fill("This part is about loss.")
    answer(blank, "Save note")
    assert written(blank) == '<div class="content-note" data-note="This part is about loss."><p>The hard part</p></div>'
    assert plain(body.clean(written(blank))) == written(blank)
    expect(blank.locator(".prose-page .content-note")).to_contain_text("Content note: This part is about loss.")
    press(blank, "Content note")
    answer(blank, "Remove the note, keep the passage")
    assert written(blank) == "<p>The hard part</p>"


def test_the_id_of_a_heading_stays_when_its_words_change(page: Page, live: str, article: Article) -> None:
    at(page, live, article).locator(".ProseMirror h2").click()
    page.keyboard.press("End")
    page.keyboard.type(" things")
    page.keyboard.press("Enter")
    page.keyboard.type("More.")
    save(page)
    article.refresh_from_db()
    assert plain(article.body) == '<h2 id="first">First things</h2><p>More.</p><p>Words.</p>'


def test_a_copied_heading_gets_an_id_of_its_own(page: Page, live: str, article: Article) -> None:
    at(page, live, article)
    for _time in range(2):
        paste(page, '<h2 id="first" data-pm-slice="0 0 []">First</h2><p>More.</p>')
    assert written(page).count('id="first"') == 1
    save(page)
    article.refresh_from_db()
    assert article.body.count('id="first"') == 1
    assert article.body.count("<h2") == 3


@pytest.mark.parametrize("name", ["word", "google-docs", "web-page"])
def test_text_from_elsewhere_comes_out_clean_and_is_kept_as_it_is_seen(
    page: Page, live: str, article: Article, name: str
) -> None:
    Article.objects.filter(pk=article.pk).update(body="")
    at(page, live, article)
    paste(page, (PASTED / f"{name}.html").read_text())
    expect(page.locator(".ProseMirror h2").first).to_be_visible()
    save(page)
    article.refresh_from_db()
    assert article.body == (PASTED / f"{name}.clean.html").read_text().strip()


def test_nothing_hostile_is_pasted(blank: Page) -> None:
    """The fixtures see to the rest: no request leaves the site, and the policy has nothing to refuse."""
    hostile = (
        '<p style="color:red" onclick="alert(1)" id="main" class="MsoNormal">Fine <b onmouseover=alert(1)>words</b>'
        '<script>document.title="hit"</script><img src="https://example.org/x.png" onerror="alert(1)">'
        '<a href="javascript:alert(1)" target="_blank" style="x:y"> here</a></p><iframe src="https://example.org/"></iframe>'
    )
    paste(blank, hostile)
    expect(blank.locator(".ProseMirror")).to_have_text("Fine words here")
    assert written(blank) == "<p>Fine <strong>words</strong> here</p>"
    assert blank.title().startswith("Add article")


def test_where_the_server_cannot_be_asked_the_bare_words_are_pasted(blank: Page) -> None:
    blank.route("**/clean/", lambda route: route.abort())
    paste(blank, "<h1 style='x:y'>Two</h1><p>lines</p>", "Two\n\nlines")
    expect(blank.locator(".ProseMirror")).to_contain_text("lines")
    assert written(blank) == "<p>Two</p><p>lines</p>"


def test_plain_text_and_words_within_a_line_are_pasted_where_the_cursor_is(blank: Page) -> None:
    blank.keyboard.type("Sit  down")
    for _key in range(5):
        blank.keyboard.press("ArrowLeft")
    blank.evaluate(PASTE, ["<b>right</b>", "right"])
    expect(blank.locator(".ProseMirror")).to_have_text("Sit right down")
    assert written(blank) == "<p>Sit <strong>right</strong> down</p>"


def test_by_keyboard_alone(page: Page, live: str, article: Article) -> None:
    at(page, live, article)
    page.get_by_label("Summary").focus()
    names = []
    for _step in range(16):
        page.keyboard.press("Tab")
        names.append(page.evaluate("document.activeElement.textContent.trim() || document.activeElement.className"))
        if page.evaluate("document.activeElement.classList.contains('ProseMirror')"):
            break
    assert names[:3] == ["Heading", "Subheading", "Bold"]
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Text"
    page.keyboard.press("Tab")
    assert not page.evaluate("document.activeElement.classList.contains('ProseMirror')"), "the editor is no trap"


def test_it_works_without_javascript(new_page: Callable[..., Page], live: str, article: Article, ed: User) -> None:
    page = new_page(javascript=False)
    come_in(page, live, ed)
    page.goto(f"{live}/admin/articles/article/{article.pk}/change/")
    page.get_by_role("textbox", name="Text:", exact=True).fill("<p>Typed as it is.</p>")
    press(page, "Save")
    article.refresh_from_db()
    assert plain(article.body) == "<p>Typed as it is.</p>"


# -- Nothing typed is lost -----------------------------------------------------------------------


def type_into(page: Page, words: str) -> None:
    page.locator(".ProseMirror p").last.click()
    page.keyboard.press("End")
    page.keyboard.type(words)
    page.wait_for_timeout(600)  # the draft is kept a moment after the last key


def test_leaving_with_unsaved_words_asks_first(page: Page, live: str, article: Article) -> None:
    at(page, live, article)
    asked: list[str] = []

    def stay(dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    type_into(page, " More.")
    page.get_by_role("link", name="Check", exact=True).click()
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    assert page.url.endswith("/change/")
    assert "More." in written(page)


def test_saving_does_not_ask(page: Page, live: str, article: Article) -> None:
    at(page, live, article)
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    type_into(page, " More.")
    save(page)
    page.get_by_role("link", name="Check", exact=True).click()
    expect(page).to_have_url(f"{live}/admin/articles/article/{article.pk}/check/")
    assert asked == []
    at(page, live, article)
    expect(page.locator("keep-draft")).to_be_hidden()


def test_a_session_that_ran_out_loses_no_words(page: Page, live: str, article: Article, ed: User) -> None:
    at(page, live, article)
    type_into(page, " Long work.")
    page.context.clear_cookies()
    press(page, "Save")
    page.wait_for_load_state()
    article.refresh_from_db()
    assert "Long work." not in article.body
    come_in(page, live, ed)
    at(page, live, article)
    expect(page.locator("keep-draft")).to_contain_text("was not saved")
    press(page, "Bring it back")
    expect(page.locator(".ProseMirror")).to_contain_text("Words. Long work.")
    save(page)
    article.refresh_from_db()
    assert "Long work." in article.body
    expect(page.locator("keep-draft")).to_be_hidden()


def test_a_draft_that_is_not_wanted_is_thrown_away(page: Page, live: str, article: Article) -> None:
    at(page, live, article)
    type_into(page, " Never mind.")
    page.on("dialog", lambda dialog: dialog.accept())
    at(page, live, article)
    press(page, "Throw it away")
    at(page, live, article)
    expect(page.locator("keep-draft")).to_be_hidden()
    assert page.evaluate("sessionStorage.length") == 0


def test_two_editors_each_see_both_texts(page: Page, live: str, article: Article) -> None:
    at(page, live, article)
    Article.objects.get(pk=article.pk).save_desk(
        make("sue", is_superuser=True), 1, body="<h2>First</h2><p>Her words.</p>"
    )
    type_into(page, " My words.")
    save(page)
    expect(page.get_by_role("heading", name="Two people wrote at the same time")).to_be_visible()
    expect(page.locator(".conflict .changes")).to_contain_text("Her")
    expect(page.locator(".ProseMirror")).to_contain_text("Words. My words.")
    press(page, "Save my text as it stands below")
    page.wait_for_load_state("networkidle")
    article.refresh_from_db()
    assert "My words." in article.body
    assert [edit.version for edit in article.edits.all()] == [3, 2, 1]
