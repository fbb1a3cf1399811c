"""Nothing hostile in a text runs in a real browser, with the site's policy around it or without."""

from urllib.parse import quote

from django.utils import timezone
from playwright.sync_api import Page

from articles import body
from articles.publishing import as_edition
from tests.articles.cast import draft
from tests.articles.xss_vectors import VECTORS

# Touches everything, as a reader's pointer and Tab key would.
TOUCH = """() => {
  const events = ["pointerenter", "mouseover", "focus", "click", "animationstart", "toggle", "load", "error"];
  for (const element of document.querySelectorAll("#article *, body > *")) {
    if (element.tagName !== "A") for (const name of events) element.dispatchEvent(new Event(name));
  }
  return [...document.querySelectorAll("*:not(read-aloud *)")].flatMap((element) =>
    [...element.attributes].filter(({ name, value }) =>
      name.startsWith("on") || name === "style" || /^\\s*(javascript|data|vbscript):/i.test(value)
    ).map(({ name }) => `${element.tagName} ${name}`)
  );
}"""


def dialogs_of(page: Page) -> list[str]:
    """Collects the text of every alert."""
    texts: list[str] = []

    def note(dialog) -> None:
        texts.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", note)
    return texts


def test_the_browser_would_show_it(page: Page, outside: list[str]) -> None:
    """Without this the tests below could not fail."""
    dialogs = dialogs_of(page)
    page.set_content(VECTORS["img onerror"] + VECTORS["img outside"].replace("//", "http://"))
    page.wait_for_timeout(300)
    assert dialogs == ["1"]
    assert outside
    outside.clear()


def test_cleaned_vectors_are_harmless_without_any_policy(page: Page) -> None:
    dialogs = dialogs_of(page)
    for html in (*VECTORS.values(), "".join(VECTORS.values())):
        page.set_content(f'<body id="article">{body.derive(html, "en-us").html}{body.clean(html)}</body>')
        assert page.evaluate(TOUCH) == []
    page.wait_for_timeout(300)
    assert dialogs == []


def test_an_article_full_of_them_is_only_text(page: Page, live: str) -> None:
    dialogs = dialogs_of(page)
    whole = "".join(body.clean(vector) for vector in VECTORS.values())
    title, dek, alt = (VECTORS[name] for name in ("img onerror", "svg onload", "script"))
    article = draft(
        None, title, dek=dek, slug="hostile", body=f"<p>Company</p>{whole}", drawing="circle", drawing_alt=alt
    )
    # The gates would not let it out; past them, readers are safe all the same.
    edition = as_edition(article, timezone.now())
    edition.number = 1
    edition.save(force_insert=True)
    for path in ("/articles/hostile/", "/articles/?q=company", f"/articles/?q={quote(alt)}"):
        response = page.goto(live + path)
        assert response
        assert response.ok
        assert page.evaluate(TOUCH) == []
    page.wait_for_timeout(300)
    assert dialogs == []
