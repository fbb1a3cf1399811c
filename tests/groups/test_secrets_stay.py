"""A canary: what a group keeps to itself stands on no address of the directory that a visitor can open.

The addresses are read from the map of the site, so that a new one is asked, too.
"""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern

from groups.exports.hsds_tables import TABLES
from groups.indexing import refresh
from groups.models import Group
from groups.urls import urlpatterns
from tests.groups.listing import group, place
from tests.walk import filled, names_in, text_of

pytestmark = pytest.mark.django_db
HIDDEN = {"street": "12 Canary Street", "name": "Canary Hall", "hint": "Ring at Canary", "postal_code": "75038-4242",
          "latitude": 32.86531, "longitude": -96.99051}  # fmt: skip
SECRETS = (
    "12 Canary Street", "Canary Hall", "Ring at Canary", "75038-4242", "32.86531", "-96.99051", "32.865", "96.990",
    "relay-canary@example.org", "later-canary@example.org", "5555550142", "join-canary", "555-canary",
    "password-canary",
)  # fmt: skip
QUERIES = {
    "group_list": ("near=75038", "q=canary", "near=75038&q=tea"),
    "search_calendar": ("near=75038", "q=tea", "title=neutral"),
    "search_feed": ("near=75038", "q=tea"),
    "search_print": ("near=75038", "q=tea", "q=canary"),
    "group_calendar": ("title=neutral",),
    "hsds_services": ("full=true", "format=ndjson&full=true", "search=tea", "search=canary"),
    "hsds_organizations": ("full=true",),
}
# With a token, or only for whoever keeps the listing.
OTHERS = {"token", "kind", "pk"}


def addresses(made: Group) -> Iterator[str]:
    values = {"slug": made.slug, "key": made.key, "table": "locations"}
    yield from (f"/hsds/csv/{table}.csv" for table in TABLES)
    for pattern in urlpatterns:
        assert isinstance(pattern, URLPattern), "What is included here has to be asked, too."
        names = names_in(str(pattern.pattern))
        if OTHERS & names:
            continue
        assert names <= set(values), f"What does {pattern.name} take?"
        [address] = filled(str(pattern.pattern), [values])
        yield address
        yield from (f"{address}?{query}" for query in QUERIES.get(str(pattern.name), ()))


def secretive(publicity: str) -> Group:
    """A group with something to hide in every column that can hold it."""
    made = group("Tea", where=place(**HIDDEN, publicity=publicity), how="hybrid", summary="For anybody.",
                 contact_by="relay", public_email="later-canary@example.org", public_phone="+15555550142")  # fmt: skip
    made.contact_email = "relay-canary@example.org"
    made.save()
    schedule = made.schedules.get()
    schedule.join_link, schedule.join_sharing = "https://example.org/join-canary", "on_request"
    schedule.join_phone = "555-canary"
    schedule.join_secret, schedule.secret_sharing = "password-canary", "public"
    schedule.save()
    refresh([made.pk])
    return made


@pytest.mark.parametrize("publicity", ["area", "on_request"])
def test_no_address_tells_what_is_kept(client: Client, publicity: str) -> None:
    made = secretive(publicity)
    told = {}
    opened = set()
    for address in addresses(made):
        answer = client.get(address)
        assert answer.status_code < 500, address
        if answer.status_code == 200:
            opened.add(address)
        text = text_of(answer)
        if found := [
            secret for secret in SECRETS if secret in text.replace("q=canary", "").replace("search=canary", "")
        ]:
            told[address] = found
    assert told == {}
    # It has looked at something.
    assert {"/groups/tea/", "/groups/tea/calendar.ics", "/groups/export.csv", "/groups/meetings.json",
            f"/hsds/services/{made.key}", "/hsds/service_at_locations",
            "/groups/?near=75038"} <= opened  # fmt: skip


@pytest.mark.parametrize("words", ["canary", "canary street", "canary hall", "relay", "password-canary", "4242"])
def test_no_search_finds_by_what_is_kept(client: Client, words: str) -> None:
    secretive("area")
    assert client.get("/groups/", {"q": words}).context["results"] == []
    assert client.get("/hsds/services", {"search": words}).json()["empty"] is True


def test_the_canary_sings(client: Client) -> None:
    """The same group in the open is told of, so the test above could fail."""
    made = secretive("exact")
    made.contact_by = "public"
    made.save()
    made.schedules.update(join_sharing="public")
    text = "".join(text_of(client.get(address)) for address in addresses(made))
    missed = [secret for secret in SECRETS if secret not in text]
    assert missed == ["relay-canary@example.org"]


@pytest.mark.parametrize("address", [
    "/groups/calendar.ics", "/groups/feed/", "/groups/meetings.json", "/groups/export.csv", "/groups/data/", "/hsds/",
    "/hsds/services", "/hsds/organizations", "/hsds/service_at_locations", "/groups/",
])  # fmt: skip
def test_an_empty_directory_answers(client: Client, address: str) -> None:
    assert client.get(address).status_code == 200
