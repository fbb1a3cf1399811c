"""Staff change the site's own details in the admin, and the pages say so at once."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from mindspace.accounts.models import User
from mindspace.site.models import SiteDetails

pytestmark = pytest.mark.django_db
PAGE = "/admin/mindspace_site/sitedetails/1/change/"


@pytest.fixture
def editor(client: Client) -> User:
    user = User.objects.create_user("editor@example.org", is_staff=True)
    user.groups.add(Group.objects.get(name="Editor"))
    client.force_login(user)
    return user


def as_sent(client: Client) -> dict[str, str]:
    """What the browser would send back if nothing were changed."""
    context = client.get(PAGE).context
    formsets = [inline.formset for inline in context["inline_admin_formsets"]]
    forms = [context["adminform"].form, *(form for formset in formsets for form in formset.forms)]
    managers = [formset.management_form for formset in formsets]
    return {
        bound.html_name: "" if bound.value() is None else str(bound.value())
        for form in [*forms, *managers]
        for bound in form
        if bound.value() is not False
    }


def test_the_list_of_one_leads_to_the_one(client: Client, editor: User) -> None:
    assert client.get("/admin/mindspace_site/sitedetails/")["Location"] == PAGE


def test_new_hours_and_a_closed_day_show_at_once(client: Client, editor: User) -> None:
    changes = {"hours-0-closes": "18:00:00", "closed-0-day": "2026-12-25"}
    assert client.post(PAGE, {**as_sent(client), **changes}).status_code == 302
    page = client.get("/privacy/").content.decode()
    assert "Monday, 8.00 am to 6.00 pm; Tuesday to Sunday, 8.00 am to 10.00 pm" in page
    assert SiteDetails.objects.get().closed.count() == 1


def test_only_a_superuser_lifts_the_second_person_or_chooses_the_way_out(
    client: Client, admin_client: Client, editor: User
) -> None:
    before = SiteDetails.objects.get().exit_url
    changes = {"staff_of_one": "on", "exit_url": "https://example.org/"}
    client.post(PAGE, {**as_sent(client), **changes})
    assert not SiteDetails.objects.get().staff_of_one
    assert SiteDetails.objects.get().exit_url == before
    admin_client.post(PAGE, {**as_sent(admin_client), **changes})
    assert SiteDetails.objects.get().staff_of_one
    assert SiteDetails.objects.get().exit_url == "https://example.org/"


def test_a_wrong_zone_is_told_and_changes_nothing(client: Client, editor: User) -> None:
    answer = client.post(PAGE, {**as_sent(client), "time_zone": "Texas"})
    assert answer.status_code == 200
    assert "not the name of a time zone" in answer.content.decode()
    assert SiteDetails.objects.get().time_zone == "America/Chicago"


def test_the_one_row_is_neither_added_to_nor_deleted(admin_client: Client) -> None:
    assert admin_client.get("/admin/mindspace_site/sitedetails/add/").status_code == 403
    assert admin_client.post("/admin/mindspace_site/sitedetails/1/delete/", {"post": "yes"}).status_code == 403
    assert SiteDetails.objects.count() == 1


def test_others_may_not_change_it(client: Client) -> None:
    client.force_login(User.objects.create_user("reader@example.org"))
    assert client.get(PAGE).status_code in (302, 403)
