"""Coming to the desk, and writing there, as a person does."""

from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from mindspace.accounts.models import User

PASTE = """([html, text]) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/html", html);
  clipboardData.setData("text/plain", text);
  document.querySelector(".ProseMirror").dispatchEvent(
    new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""


def come_in(page: Page, live: str, user: User) -> None:
    """Sign `user` in, without the form: that has tests of its own."""
    client = Client()
    client.force_login(user)
    page.context.set_default_navigation_timeout(30_000)  # the first page after the start takes its time
    page.context.clear_cookies()
    page.context.add_cookies(
        [
            {
                "name": settings.SESSION_COOKIE_NAME,
                "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
                "url": live,
            }
        ]
    )


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def settle(page: Page) -> None:
    """Let the editor do what it puts off: it takes the focus back, and writes into the form, in a task of its own."""
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))")


def use(page: Page, tool: str) -> None:
    press(page, tool)
    settle(page)


def answer(page: Page, name: str) -> None:
    """Press a button of an open dialog, and wait until what is typed next goes into the text again."""
    press(page, name)
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator(".ProseMirror")).to_be_focused()
    settle(page)


def written(page: Page) -> str:
    """What the form would send."""
    settle(page)
    return page.locator("textarea[name=body]").input_value()


def paste(page: Page, html: str, text: str = "") -> None:
    page.locator(".ProseMirror").click()
    page.evaluate(PASTE, [html, text])


def save(page: Page) -> None:
    press(page, "Save")
    page.wait_for_load_state("networkidle")
