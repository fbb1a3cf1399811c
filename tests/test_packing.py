import gzip

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from mindspace.headers import PackTextMiddleware

BODY = b"again and again " * 100


def answer(kind: str, accept: str) -> HttpResponse:
    middleware = PackTextMiddleware(lambda request: HttpResponse(BODY, content_type=kind))
    return middleware(RequestFactory().get("/", HTTP_ACCEPT_ENCODING=accept))


@pytest.mark.parametrize("kind", ["text/html; charset=utf-8", "text/plain", "application/json"])
def test_text_is_packed_for_those_who_can_unpack(kind: str) -> None:
    packed = answer(kind, "gzip, br")
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == BODY
    assert answer(kind, "identity").content == BODY


@pytest.mark.parametrize("kind", ["image/avif", "image/webp", "image/jpeg", "application/zip"])
def test_what_is_packed_by_nature_is_left_alone(kind: str) -> None:
    assert answer(kind, "gzip, br").content == BODY
