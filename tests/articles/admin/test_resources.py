from datetime import date

from django.test import Client
from django.utils import timezone

from articles.models import Resource
from mindspace.accounts.models import User


def sent(**changes: object) -> dict[str, object]:
    filled = {"name": "A warm line", "slug": "a-warm-line", "kind": "helpline", "summary": "It listens.", "order": 100}
    return {**filled, "phone": "+12145550100", "language": "en-us", "languages": ["en", "es"], **changes}


def test_a_wrong_number_is_corrected_at_once(at_desk: Client, ed: User, client: Client) -> None:
    at_desk.post("/admin/articles/resource/add/", sent())
    line = Resource.objects.get()
    assert line.languages == ["en", "es"]
    assert (line.checked_on, line.checked_by) == (None, None)
    at_desk.post(f"/admin/articles/resource/{line.pk}/change/", sent(phone="+12145550199", checked_on="2026-11-20"))
    line.refresh_from_db()
    assert (line.phone, line.checked_by) == ("+12145550199", ed)
    assert "tel:+12145550199" in client.get("/resources/").content.decode()


def test_a_new_number_has_been_tried_by_nobody(at_desk: Client, ed: User) -> None:
    """The old number was checked; the new one, saved with the old day still in its field, was not."""
    at_desk.post("/admin/articles/resource/add/", sent(checked_on="2026-11-20"))
    line = Resource.objects.get()
    assert (line.checked_on, line.checked_by) == (date(2026, 11, 20), ed)
    page = f"/admin/articles/resource/{line.pk}/change/"
    at_desk.post(page, sent(checked_on="2026-11-20", summary="It listens, day and night."))
    line.refresh_from_db()
    assert (line.checked_on, line.checked_by) == (date(2026, 11, 20), ed)
    at_desk.post(page, sent(checked_on="2026-11-20", tty="+12145550111"))
    line.refresh_from_db()
    assert (line.tty, line.checked_on, line.checked_by) == ("+12145550111", None, None)


def test_many_are_marked_as_checked_at_once(at_desk: Client, ed: User) -> None:
    at_desk.post("/admin/articles/resource/add/", sent())
    line = Resource.objects.get()
    at_desk.post("/admin/articles/resource/", {"action": "mark_checked", "_selected_action": [line.pk]})
    line.refresh_from_db()
    assert (line.checked_on, line.checked_by) == (timezone.localdate(), ed)


def test_what_cannot_be_reached_or_dialed_is_refused_in_words(at_desk: Client, ed: User) -> None:
    page = at_desk.post("/admin/articles/resource/add/", sent(phone="")).content.decode()
    assert "Give at least one way to reach it" in page
    assert at_desk.post("/admin/articles/resource/add/", sent(phone="call us")).status_code == 200
    assert not Resource.objects.exists()
