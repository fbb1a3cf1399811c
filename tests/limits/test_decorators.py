from datetime import timedelta

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from mindspace.limits.decorators import limited, too_often
from mindspace.limits.models import Exceeded


@limited("knock", limit=1, per=timedelta(minutes=10))
def knock(request: HttpRequest) -> HttpResponse:
    return HttpResponse("come in")


def ask(method: str = "post", address: str = "203.0.113.9") -> HttpResponse:
    request = getattr(RequestFactory(), method)("/", REMOTE_ADDR=address)
    return knock(request)


@pytest.mark.django_db
def test_too_often_is_429_with_a_time_and_the_crisis_line() -> None:
    assert ask().status_code == 200
    answer = ask()
    assert answer.status_code == 429
    assert 590 < int(answer["Retry-After"]) <= 600
    assert b"988" in answer.content
    assert b"You can try again in 10 minutes." in answer.content


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("seconds", "said"), [(1, "in 1 minute."), (5940, "in 99 minutes."), (5941, "in 2 hours."), (86400, "in 24 hours.")]
)
def test_the_page_says_when_to_try_again(seconds: int, said: str) -> None:
    page = too_often(RequestFactory().get("/"), Exceeded(seconds)).content.decode()
    assert f"You can try again {said}" in page


@pytest.mark.django_db
def test_looking_is_free_and_so_are_others() -> None:
    ask()
    assert ask("get").status_code == 200
    assert ask(address="203.0.113.10").status_code == 200
