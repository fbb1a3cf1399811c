"""The pages of articles and resources in a real browser: on a phone, on a desk, on paper."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from articles import first_content

ARTICLE = "/articles/community-care/"


@pytest.fixture
def site(live: str) -> str:
    first_content.load()
    return live


@pytest.mark.parametrize("width", [320, 1280])
def test_each_page_fits_and_the_browser_has_nothing_to_refuse(
    site: str, new_page: Callable[..., Page], width: int
) -> None:
    page = new_page(width=width)
    for address in (ARTICLE, f"{ARTICLE}helpful/", "/articles/", "/articles/?q=circel", "/resources/"):
        page.goto(site + address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        assert page.locator("h1").count() == 1, address


@pytest.mark.parametrize("width", [320, 1024, 1280])
def test_the_article_fits_with_the_largest_text(site: str, new_page: Callable[..., Page], width: int) -> None:
    page = new_page(width=width)
    page.context.add_cookies([{"name": "display", "value": "text:150.spacing:roomy.font:easy", "url": site}])
    page.goto(site + ARTICLE)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_lies_over_the_player(site: str, new_page: Callable[..., Page], width: int) -> None:
    page = new_page(width=width)
    page.goto(site + ARTICLE)
    title = page.locator("#player-title")
    title.scroll_into_view_if_needed()
    assert title.evaluate(
        """title => {
            const { left, top, height } = title.getBoundingClientRect();
            return document.elementFromPoint(left + 4, top + height / 2) === title;
        }"""
    )


def test_the_structured_data_can_be_read_and_runs_nothing(site: str, page: Page) -> None:
    page.goto(site + ARTICLE)
    data = page.evaluate("JSON.parse(document.querySelector('script[type=\"application/ld+json\"]').textContent)")
    assert data["headline"] == "Community Care: The Power of Coming Together"


def test_every_contents_link_leads_to_its_part(site: str, page: Page) -> None:
    page.goto(site + ARTICLE)
    links = page.locator(".contents-link")
    assert links.count() == 6
    for number in range(6):
        target = page.locator(str(links.nth(number).get_attribute("href")))
        assert target.inner_text() == links.nth(number).inner_text()


def test_the_words_about_another_site_are_heard_from_a_screen_reader_and_not_from_the_player(
    site: str, page: Page
) -> None:
    page.goto(site + ARTICLE)
    link = page.locator("#article a.external").first
    assert link.evaluate("link => getComputedStyle(link, '::after').content").endswith('/ ""')
    assert "(another site)" in str(link.text_content())
    assert page.get_by_role("link", name="(another site)").count() == page.locator("#article a.external").count()
    spoken = page.evaluate(
        """async () => {
            const { href } = document.querySelector("link[rel=modulepreload][href*='player/text']");
            const { collect } = await import(href);
            return collect(document.getElementById("article")).map(({ text }) => text).join(" ");
        }"""
    )
    assert "another site" not in spoken
    assert str(link.evaluate("link => link.firstChild.textContent")) in spoken


def test_on_paper_there_are_words_numbers_and_addresses_and_no_controls(site: str, page: Page) -> None:
    page.goto(site + ARTICLE)
    page.emulate_media(media="print", color_scheme="dark")
    for hidden in (".topbar", ".masthead", ".player", ".footer", ".article-after", ".section-drawing >> nth=0"):
        assert not page.locator(hidden).is_visible(), hidden
    for shown in ("h1", ".contents", "#article", ".care-card", ".on-paper"):
        assert page.locator(shown).is_visible(), shown
    after = page.locator('.resource-way[href="https://www.nami.org/"]').evaluate(
        "link => getComputedStyle(link, '::after').content"
    )
    assert after == '" (https://www.nami.org/)"'
    ink = "element => [getComputedStyle(element).color, getComputedStyle(document.body).backgroundColor]"
    assert page.locator("#article p").first.evaluate(ink) == ["rgb(0, 0, 0)", "rgba(0, 0, 0, 0)"]
