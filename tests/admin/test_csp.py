import re
from base64 import b64encode
from hashlib import sha256

import pytest
from django.http import HttpResponse
from django.test import Client
from django_prose_editor.widgets import importmap
from js_asset import ImportMap

from mindspace.accounts.models import User
from mindspace.admin import csp
from tests.accounts.conftest import sign_in


def hash_of(script: str) -> str:
    return f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"


def test_the_hash_is_that_of_what_a_browser_sees() -> None:
    [script] = re.findall(r'<script type="importmap">(.*)</script>', str(importmap))
    assert csp.script_source(importmap) == hash_of(script)


def test_an_app_can_allow_a_map_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csp, "_maps", [importmap])
    own = ImportMap({"a": "/a.js"})
    csp.allow_import_map(own)
    try:
        assert csp.sources() == (csp.script_source(importmap), csp.script_source(own))
    finally:
        csp.sources.cache_clear()


def test_it_adds_to_what_a_view_asked_for() -> None:
    response = HttpResponse()
    response._csp_update = {"frame-src": ["'self'"], "script-src": ["x"]}  # type: ignore[attr-defined]
    csp.allow_in(response)
    assert response._csp_update["frame-src"] == ["'self'"]  # type: ignore[attr-defined]
    assert response._csp_update["script-src"] == ["x", *csp.sources()]  # type: ignore[attr-defined]


@pytest.mark.django_db
def test_the_admin_allows_maps_and_nothing_else_more(client: Client, ed: User) -> None:
    def policy(path: str) -> dict[str, str]:
        header = client.get(path)["Content-Security-Policy"]
        return dict(part.strip().partition(" ")[::2] for part in header.split(";"))

    sign_in(client, ed)
    outside, inside = policy("/accounts/2fa/"), policy("/admin/")
    assert inside.pop("script-src").split() == ["'self'", *csp.sources()]
    assert outside.pop("script-src") == "'self'"
    assert inside == outside
    assert "unsafe" not in str(inside)
    assert inside["default-src"] == "'none'"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/accounts/login/", "/admin/", "/accounts/2fa/", "/accounts/signup/"])
def test_headers_of_private_pages(path: str, client: Client, ed: User) -> None:
    if path in ("/admin/", "/accounts/2fa/"):
        sign_in(client, ed)
    answer = client.get(path)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["X-Frame-Options"] == "DENY"
    assert not re.search(r"<style|style=|<script(?![^>]*(src=|application/json))", answer.content.decode())
