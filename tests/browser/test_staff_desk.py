"""The admin in a real Chromium: the fixtures fail each test on a policy violation or a request to the outside."""

import re
from collections.abc import Callable

from django.contrib import admin
from django.urls import reverse
from playwright.sync_api import Page, expect

from mindspace.accounts.models import User
from tests.accounts.codes import code_of_app
from tests.accounts.conftest import make
from tests.browser.test_passkeys import prove_it_is_you, sign_in


def sue() -> User:
    user = make("sue", is_superuser=True)
    User.objects.update(is_staff=True)
    return user


def test_every_list_and_form_keeps_to_the_policy(new_page: Callable[..., Page], live: str) -> None:
    user = sue()
    page = new_page(width=1280)
    sign_in(page, live, user.email)
    addresses = [reverse("admin:index")]
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        addresses += [reverse(f"{name}_changelist"), reverse(f"{name}_add")]
    for address in addresses:
        answer = page.goto(live + address)
        assert answer is not None
        assert answer.status in (200, 403, 404), address
        page.wait_for_load_state("networkidle")
    page.goto(live + reverse("admin:accounts_user_change", args=[user.pk]))
    expect(page.get_by_role("heading", level=1)).to_contain_text("person")


def test_setting_up_an_app_keeps_to_it_too_and_its_picture_can_be_scanned(page: Page, live: str) -> None:
    make("mona")
    sign_in(page, live, "mona@example.org")
    page.goto(live + "/accounts/2fa/totp/activate/")
    prove_it_is_you(page)
    box = page.get_by_role("img", name="QR code for your app").bounding_box()
    assert box
    assert box["width"] >= 200
    secret = page.locator(".codes-key").inner_text()
    page.get_by_label("Code from the app").fill(code_of_app(secret))
    page.get_by_role("button", name="Use this app").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your recovery codes")
    for address in ("", "webauthn/", "webauthn/add/", "recovery-codes/generate/"):
        page.goto(f"{live}/accounts/2fa/{address}")


def test_sign_in_pages_fit_a_phone(new_page: Callable[..., Page], live: str) -> None:
    page = new_page(width=320, height=640)
    for address in ("login/", "signup/", "signup/passkey/", "login/code/", "password/reset/", "invitation/x/"):
        page.goto(f"{live}/accounts/{address}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
        title = page.get_by_role("heading", level=1).bounding_box()
        assert title
        assert title["y"] + title["height"] < 640, address
        assert re.search("988", page.locator("aside").first.inner_text())
