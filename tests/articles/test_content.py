"""The first article says all it should: every idea and number of its outline, in order, in plain words."""

import html
import re

import pytest
from django.test import Client

from articles import first_content
from articles.models import Resource

pytestmark = pytest.mark.django_db

HEADINGS = [
    (2, "What is Community Mental Health Support?"),
    (2, "Types of Support Groups and How to Find Them"),
    (3, "Peer Support Groups"),
    (3, "12-Step and Recovery Groups"),
    (3, "Identity-Based Groups"),
    (3, "Online Communities"),
    (2, "Stories of Communities Supporting Each Other"),
    (2, "Starting Your Own Support Circle"),
    (2, "Mutual Aid Practices for Mental Health"),
    (3, "Practical Support"),
    (3, "Emotional Labor Sharing"),
    (3, "Knowledge Sharing"),
    (3, "Crisis Planning Together"),
    (2, "Resources for Community Mental Health Initiatives"),
]

# Section by section, what a reader must find there. Each is a pattern over the section's words.
FACTS = {
    "What is Community Mental Health Support?": [
        r"networks of care, connection and mutual aid",
        r"outside clinical settings",
        r"neighbor who checks in after a hard week",
        r"group that meets every Tuesday",
        r"online community that understands you without an explanation",
        r"not work like a professional service",
        r"shared experience",
        r"reciprocity",
        r"All of us have something to give",
        r"moments when we need to receive",
        r"balance is what makes a network last",
        r"people who understand",
        r"what you feel makes sense",
        r"practical hand",
        r"Research consistently shows",
        r"strong social ties are one of the most powerful protective factors",
        r"lower rates of depression",
        r"faster recovery",
        r"more satisfaction with life",
        r"None of this replaces professional care",
        r"fills the gaps that therapy and medication cannot reach",
    ],
    "Types of Support Groups and How to Find Them": [
        r"share.*anxiety, grief or chronic illness.*supporting someone they love",
        r"led by trained peer specialists.*lived experience of recovery",
        r"Alcoholics Anonymous, Narcotics Anonymous and their many offshoots",
        r"structured way to recover through connection",
        r"Sponsorship\..*Step work\..*Regular meetings\.",
        r"accountability.*belonging",
        r"LGBTQ\+ people.*share a culture.*veterans.*parents of neurodivergent children",
        r"fully understood, in the context of your own life",
        r"barriers",
        r"moderated forum, a Discord server or a social group",
        r"24/7",
        r"Local mental-health agencies and hospitals",
        r"Community centers and houses of worship",
        r"Psychology Today’s group finder",
        r"SAMHSA’s treatment locator",
        r"Our own directory",
        r"If this is a heavy read today",
        r"call or text 988, day or night",
        r"Press 1 for veterans, 2 for Spanish",
    ],
    "Stories of Communities Supporting Each Other": [
        r"Zimbabwe, the Friendship Bench trains grandmothers in evidence-based talk therapy",
        r"public benches",
        r"over 50,000 people a year",
        r"traditional structures of wisdom and care with modern technique",
        r"Spain, after the 2008 crisis, people set up time banks",
        r"hour of cooking was worth an hour of emotional support, or an hour of childcare",
        r"everyone has something valuable to contribute",
        r"COVID-19.*mutual-aid networks grew around the world",
        r"groceries to isolated elders",
        r"phone trees for daily check-ins",
        r"safe ways to gather outdoors",
        r"Many of these networks go on",
        r"how much care a community can give when it organizes on purpose",
        r"Healing does not happen only in clinics",
        r"communities put together their time, attention and care, mental health can flourish",
    ],
    "Starting Your Own Support Circle": [
        r"do not need professional training or large resources",
        r"Start small\. Ask 3 to 5 people you trust",
        r"lets you go deep",
        r"agreements.*confidentiality.*attendance.*disagree",
        r"in writing.*prevents misunderstanding",
        r"regular times and keep a consistent format.*feels safe",
        r"small ritual, go around for check-ins, and close",
        r"Balance sharing and listening",
        r"talking piece, or time each share, so that everyone has room",
        r"active listening.*do not rush to advice",
        r"Know your limits\. A circle is not therapy",
        r"when and how you will refer someone to professional help",
        r"crisis numbers at hand: 988 to call or text, and 911 in danger",
        r"Rotate.*facilitating, bringing snacks and sending reminders",
        r"Shared leadership prevents burnout.*stake",
        r"will not be perfect, and that is okay",
        r"Showing up matters most",
    ],
    "Mutual Aid Practices for Mental Health": [
        r"material and emotional needs, without hierarchy and without charity",
        r"groceries.*ride to an appointment.*childcare during a therapy hour",
        r"Practical barriers keep people from care, and mutual aid removes them",
        r"falls on the same few people",
        r"Rotation\..*Check-in buddies\..*Explicit requests\.",
        r"free therapy.*sliding scale.*medication assistance.*coping strategies",
        r"What a community knows is its wealth",
        r"Make your plans.*emergency contacts.*Practice how you will respond",
        r"puts autonomy first",
        r"avoids needless escalation",
        r"Everyone has something to offer, and everyone has needs",
        r"asking is normal\. It is not a stigma",
    ],
    "Resources for Community Mental Health Initiatives": [
        r"Mental Health First Aid An 8-hour course in recognizing and responding to mental-health challenges",
        r"mentalhealthfirstaid\.org",
        r"Intentional Peer Support Training in mutual support",
        r"intentionalpeersupport\.org",
        r"Fireweed Collective Radical mental-health organizing, led by peers.*formerly called The Icarus Project",
        r"SAMHSA’s National Helpline Referrals to local support groups and treatment",
        r"Call 1-800-662-4357",
        r"TTY 1-800-487-4889",
        r"24/7",
        r"Free",
        r"English and Spanish",
        r"NAMI Peer-to-peer programs, family groups and advocacy, nationwide",
        r"You do not have to build community alone",
        r"Join what is there\. Learn from those already doing it\. Take on more as you grow",
        r"Every small act adds to a larger web of care",
    ],
}
# Every number that the article and its resources may hold, and no other.
NUMBERS = {
    "1", "2", "3", "5", "8", "12", "19", "24/7", "50,000", "211", "911", "988", "2008",
    "1-800-662-4357", "1-800-487-4889",
}  # fmt: skip


@pytest.fixture
def page(client: Client) -> str:
    first_content.load()
    return client.get("/articles/community-care/").content.decode()


def article_of(page: str) -> str:
    found = re.search(r'<article id="article".*?</article>', page, re.DOTALL)
    assert found
    return found[0]


def words_of(markup: str) -> str:
    plain = html.unescape(re.sub(r"<[^>]+>", " ", markup)).replace("\N{NON-BREAKING HYPHEN}", "-")
    return re.sub(r"\s+", " ", plain).replace(" .", ".").replace(" ,", ",")


def sections_of(page: str) -> dict[str, str]:
    pieces = re.split(r"<h2[^>]*>(.*?)</h2>", article_of(page), flags=re.DOTALL)
    return {words_of(title).strip(): words_of(text) for title, text in zip(pieces[1::2], pieces[2::2], strict=True)}


def test_headings_are_these_in_this_order(page: str) -> None:
    found = re.findall(r"<h([23])(?![^>]*resource-name)[^>]*>(.*?)</h[23]>", article_of(page), re.DOTALL)
    assert [(int(level), words_of(text).strip()) for level, text in found] == HEADINGS
    assert "<h1" in page
    assert "Community Care: The Power of Coming Together</h1>" in page


def test_each_point_of_the_outline_is_in_its_section(page: str) -> None:
    sections = sections_of(page)
    missing = [
        (title, fact) for title, facts in FACTS.items() for fact in facts if not re.search(fact, sections[title])
    ]
    assert missing == []


def test_no_number_is_there_that_was_not_given(page: str) -> None:
    found = set(re.findall(r"\d[\d,/-]*\d|\d", words_of(article_of(page))))
    assert found <= NUMBERS
    assert NUMBERS - found <= {"211"}


def test_phone_links_dial_what_they_say(page: str) -> None:
    links = re.findall(r'<a [^>]*href="(tel|sms):([^"]+)"[^>]*>(.*?)</a>', article_of(page))
    assert {number for _scheme, number, _words in links} >= {"988", "911", "+18006624357", "+18004874889"}
    for _scheme, number, words in links:
        assert re.sub(r"\D", "", words) in re.sub(r"\D", "", number)


def test_the_hero_is_a_drawing_with_words_for_who_cannot_see_it(page: str) -> None:
    assert re.search(
        r'role="img" aria-label="Friends of many kinds sit together in a circle[^"]*community support', page
    )


def test_the_tone_is_calm(page: str) -> None:
    text = words_of(article_of(page))
    assert "!" not in text
    assert not re.search(r"\b(must|should have|hurry|don't wait)\b", text, re.IGNORECASE)


def test_the_reading_grade_is_at_most_eight() -> None:
    source = (first_content.CONTENT / "community-care.html").read_text(encoding="utf-8")
    assert grade(words_of(re.sub(r"</(p|li|h2|h3)>", ". ", source))) <= 8


def grade(text: str) -> float:
    """Flesch-Kincaid, syllables counted by groups of vowels, a silent e left out."""
    sentences = [part for part in re.split(r"[.!?:;]+(?=\s|$)", text) if re.search(r"[A-Za-z]", part)]
    words = re.findall(r"[A-Za-z][A-Za-z'’-]*", text)
    syllables = sum(max(1, len(re.findall(r"[aeiouy]+", re.sub(r"(?<=[^aeiouyl])e\b", "", w.lower())))) for w in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59


def test_loading_again_changes_nothing_that_staff_changed(client: Client) -> None:
    first_content.load()
    Resource.objects.filter(slug="nami").update(summary="Staff wrote this.")
    Resource.objects.filter(slug="griefshare").delete()
    assert first_content.load() is None
    assert Resource.objects.get(slug="nami").summary == "Staff wrote this."
    assert not Resource.objects.filter(slug="griefshare").exists()


def test_a_corrected_number_shows_at_once_and_without_an_edition(client: Client) -> None:
    edition = first_content.load()
    Resource.objects.filter(slug="samhsa-national-helpline").update(phone="+18005550100")
    page = client.get("/articles/community-care/?fresh").content.decode()
    assert 'href="tel:+18005550100"' in page
    assert "8006624357" not in page
    assert edition.article.editions.count() == 1
