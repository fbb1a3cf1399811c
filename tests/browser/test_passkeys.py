"""Passkeys in a real Chromium, with an authenticator that the browser makes up."""

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from playwright.sync_api import Page, expect

from tests.accounts.codes import code_in_mail
from tests.accounts.conftest import PASSWORD, make


def give_authenticator(page: Page, *, willing: bool = True) -> None:
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": willing,
                "automaticPresenceSimulation": True,
            }
        },
    )


def sign_in(page: Page, live: str, email: str) -> None:
    page.goto(live + "/accounts/login/")
    page.get_by_label("Your e-mail address").fill(email)
    page.get_by_label("Password, if you have one").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def sign_out(page: Page, live: str) -> None:
    page.goto(live + "/accounts/logout/")
    page.get_by_role("button", name="Sign out").click()


def prove_it_is_you(page: Page) -> None:
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()


def test_added_then_used_to_sign_in_and_to_prove_oneself(page: Page, live: str, settings: object) -> None:
    settings.ON_LOOPBACK = False  # type: ignore[attr-defined]  # a real site: staff need it
    make("ed", "Editor")
    give_authenticator(page)
    sign_in(page, live, "ed@example.org")
    expect(page.get_by_role("heading", level=1)).to_have_text("Add a second step")
    page.get_by_role("link", name="Use a passkey").click()
    prove_it_is_you(page)
    page.get_by_label("A name for it").fill("Blue phone")
    page.get_by_role("button", name="Make a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your recovery codes")
    assert Authenticator.objects.get(type="webauthn").wrap().is_passwordless

    page.get_by_role("link", name="Go to the staff desk").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Is it still you?")
    page.get_by_role("button", name="Use your passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Today")

    page.get_by_role("button", name="Sign out").click()
    page.goto(live + "/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Today")


def test_as_the_second_step_after_a_password(page: Page, live: str) -> None:
    make("mona")
    give_authenticator(page)
    sign_in(page, live, "mona@example.org")
    page.goto(live + "/accounts/2fa/webauthn/add/")
    prove_it_is_you(page)
    page.get_by_label("Sign in with this passkey alone").uncheck()
    page.get_by_role("button", name="Make a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your recovery codes")
    sign_out(page, live)
    sign_in(page, live, "mona@example.org")
    expect(page.get_by_role("heading", level=1)).to_have_text("One more step")
    page.get_by_role("button", name="Use your passkey").click()
    page.wait_for_url(live + "/my/")


def test_an_account_made_with_one(page: Page, live: str) -> None:
    give_authenticator(page)
    page.goto(live + "/accounts/signup/")
    page.get_by_role("link", name="use a passkey").click()
    page.get_by_label("Your e-mail address").fill("new@example.org")
    page.get_by_role("button", name="Mail me a code").click()
    page.get_by_label("Code from the mail").fill(code_in_mail())
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Make a passkey").click()
    page.wait_for_url(live + "/my/")
    sign_out(page, live)
    page.goto(live + "/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(live + "/my/")
    page.goto(live + "/accounts/email/")
    expect(page.get_by_text("new@example.org")).to_be_visible()


def test_a_refusal_is_told_and_changes_nothing(page: Page, live: str) -> None:
    page.goto(live + "/accounts/login/")
    give_authenticator(page, willing=False)
    page.evaluate("void (navigator.credentials.get = () => Promise.reject(new DOMException('', 'NotAllowedError')))")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("That did not work.")
    assert page.url == live + "/accounts/login/"


def test_without_javascript_the_page_says_so_and_codes_still_work(new_page: Callable[..., Page], live: str) -> None:
    make("mona")
    page = new_page(javascript=False)
    page.goto(live + "/accounts/login/")
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()
    expect(page.get_by_text("Passkeys need JavaScript")).to_be_visible()
    page.get_by_label("Your e-mail address").fill("mona@example.org")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_label("Code from the mail").fill(code_in_mail())
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url(live + "/my/")


def test_by_keyboard_alone(page: Page, live: str) -> None:
    make("mona")
    page.goto(live + "/accounts/login/")
    page.get_by_label("Your e-mail address").focus()
    page.keyboard.type("mona@example.org")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(live + "/my/")
