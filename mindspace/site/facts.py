"""The facts the site opens with. A migration loads them once; from then on the rows are the staff's own.

Nobody has checked these numbers yet: `checked_on` stays empty until a person has.
"""

from datetime import time
from typing import Any

from django.apps.registry import Apps

DETAILS: dict[str, Any] = {
    "name": "MindSpace",
    "street": "4601 N MacArthur Blvd",
    "city": "Irving",
    "state": "TX",
    "postal_code": "75038",
    "phone": "+12142459442",
    "email": "mindspacehelp@gmail.com",
    "time_zone": "America/Chicago",
    # The weather is open on anybody's screen at any hour, asks nothing, shows no advertisement that gives a person
    # away, and its front page loads fast on a bad line.
    "exit_url": "https://www.weather.gov/",
}
OPENS, CLOSES = time(8), time(22)

HELP_LINES: list[dict[str, str]] = [
    {
        "slug": "911",
        "name": "911",
        "what_it_is": "Help right now, when a life is in danger.",
        "audience": "anyone in danger",
        "phone": "911",
    },
    {
        "slug": "988",
        "name": "988 Suicide and Crisis Lifeline",
        "what_it_is": "A person who listens, by phone, text or chat.",
        "audience": "anyone who hurts, or who fears for someone",
        "phone": "988",
        "sms_number": "988",
        "chat_url": "https://988lifeline.org/",
        "good_to_know": "Press 1 if you are a veteran. Press 2 for Spanish. If you are Deaf, call 988 by videophone.",
        "hours": "24 hours a day, 7 days a week",
        "languages": "English and Spanish",
    },
    {
        "slug": "crisis-text-line",
        "name": "Crisis Text Line",
        "what_it_is": "Help by text, with no need to talk.",
        "audience": "anyone who would rather type",
        "sms_number": "741741",
        "sms_keyword": "HOME",
    },
    {
        "slug": "domestic-violence",
        "name": "National Domestic Violence Hotline",
        "what_it_is": "Help when someone close to you hurts you or scares you.",
        "audience": "anyone who is not safe at home",
        "phone": "+18007997233",
        "sms_number": "88788",
        "sms_keyword": "START",
    },
    {
        "slug": "trevor-project",
        "name": "The Trevor Project",
        "what_it_is": "Someone to talk to who gets it.",
        "audience": "LGBTQ+ young people",
        "phone": "+18664887386",
        "sms_number": "678-678",
        "sms_keyword": "START",
    },
    {
        "slug": "trans-lifeline",
        "name": "Trans Lifeline",
        "what_it_is": "Someone to talk to who knows what it is like.",
        "audience": "trans people",
        "phone": "+18775658860",
    },
    {
        "slug": "maternal",
        "name": "National Maternal Mental Health Hotline",
        "what_it_is": "Help with hard feelings before and after a baby comes.",
        "audience": "pregnant people and new parents",
        "phone": "+18338526262",
    },
    {
        "slug": "211",
        "name": "211",
        "what_it_is": "Local help with food, rent, rides and more.",
        "audience": "anyone who needs a service near home",
        "phone": "211",
    },
]


def load(apps: Apps) -> None:
    """Write the facts, each row only if it is not there. `apps` is a migration's registry or the real one."""
    site, made = apps.get_model("mindspace_site", "SiteDetails").objects.get_or_create(id=1, defaults=DETAILS)
    if made:
        opening_hours = apps.get_model("mindspace_site", "OpeningHours")
        opening_hours.objects.bulk_create(
            opening_hours(site=site, weekday=day, opens=OPENS, closes=CLOSES) for day in range(7)
        )
    for order, line in enumerate(HELP_LINES, start=1):
        apps.get_model("mindspace_site", "HelpLine").objects.get_or_create(
            slug=line["slug"], defaults={**line, "order": order * 10}
        )
