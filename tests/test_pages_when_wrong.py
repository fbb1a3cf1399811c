"""When something goes wrong, people still get a page with the crisis lines and a way on."""

from collections.abc import Iterator

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from mindspace import urls


def down(request: HttpRequest) -> HttpResponse:
    raise OperationalError("connection refused")


def torn(request: HttpRequest) -> HttpResponse:
    raise InterfaceError("the connection is closed")


def broken(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


def forbidden(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def suspicious(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation


urlpatterns = [
    path("down/", down),
    path("torn/", torn),
    path("broken/", broken),
    path("forbidden/", forbidden),
    path("suspicious/", suspicious),
    *urls.urlpatterns,
]
handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500


@pytest.fixture(autouse=True)
def _these_pages(settings: object) -> None:
    settings.ROOT_URLCONF = __name__


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


@pytest.fixture
def no_database(django_db_blocker: object) -> Iterator[None]:
    """Any query at all is an error."""

    def refuse(*args: object) -> None:
        raise OperationalError("there is no database")

    with django_db_blocker.unblock(), connection.execute_wrapper(refuse):
        yield


def has_the_lines(answer: HttpResponse) -> bool:
    page = answer.content.decode()
    return all(f'href="{link}"' in page for link in ("tel:911", "tel:988", "sms:988", "/help/", "/leave/"))


@pytest.mark.django_db
@pytest.mark.parametrize(("address", "status"), [("/suspicious/", 400), ("/forbidden/", 403), ("/nowhere/", 404)])
def test_a_page_for_each_fault(visitor: Client, address: str, status: int) -> None:
    answer = visitor.get(address)
    assert answer.status_code == status
    assert has_the_lines(answer)
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize(("address", "status"), [("/broken/", 500), ("/down/", 503), ("/torn/", 503)])
def test_a_fault_of_ours_needs_no_database(visitor: Client, no_database: None, address: str, status: int) -> None:
    answer = visitor.get(address)
    assert answer.status_code == status
    assert has_the_lines(answer)
    assert answer["Cache-Control"] == "no-store"
    assert answer.has_header("Content-Security-Policy")


@pytest.mark.parametrize("address", ["/", "/help/", "/nowhere/", "/search/?q=grief"])
@pytest.mark.parametrize("cookie", ["", "abc"])
def test_while_the_database_is_away_every_page_is_the_one_that_says_so(
    visitor: Client, no_database: None, address: str, cookie: str
) -> None:
    if cookie:
        visitor.cookies["sessionid"] = cookie
    answer = visitor.get(address)
    assert answer.status_code == 503
    assert answer["Retry-After"] == "30"
    assert has_the_lines(answer)


def test_pages_for_our_faults_keep_the_visitors_display(visitor: Client, no_database: None) -> None:
    visitor.cookies["display"] = "theme:dark.discreet:on"
    page = visitor.get("/broken/").content.decode()
    assert 'data-theme="dark"' in page
    assert "<title>Notes</title>" in page


@pytest.mark.django_db
def test_a_form_open_too_long_says_so(settings: object) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/display/", {"text": "130"})
    assert answer.status_code == 403
    assert "try once more" in answer.content.decode()
    assert has_the_lines(answer)
