"""Two addresses for whoever watches the site: is it alive, and can it do its work?"""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe


@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """Answer as long as the process takes requests. Needs no database: a restart would not mend that."""
    return _answer("ok", 200)


@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Answer 200 if the database answers too, 503 if not: then a proxy should send nobody here."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return _answer("no database", 503)
    return _answer("ok", 200)


def _answer(text: str, status: int) -> HttpResponse:
    return HttpResponse(f"{text}\n", status=status, content_type="text/plain", headers={"Cache-Control": "no-store"})
