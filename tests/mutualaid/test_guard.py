"""What the guard finds in public words, and what it leaves alone."""

import pytest

from mindspace.moderation.templatetags.risk import risk_marked
from mutualaid import crisis, guard


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Call me at 972-555-0147.", "phone"),
        ("(972) 555 0147", "phone"),
        ("+1 972.555.0147", "phone"),
        ("972 - 555 - 0147", "phone"),
        ("9725550147", "phone"),
        ("nine seven two, five five five, oh one four seven", "phone"),
        ("mi número: nueve siete dos cinco cinco cinco cero uno", "phone"),
        ("972\u200b555\u200b0147", "phone"),
        ("972\u2060555\u00ad0147", "phone"),
        ("972*555*0147", "phone"),
        ("972_555_0147", "phone"),
        ("9\ufe0f\u20e37\ufe0f\u20e32 555 0147", "phone"),
        ("bob @ example . com", "email"),
        ("12 Elm Str.", "street"),
        ("50 €", "money"),
        ("USD 50", "money"),
        ("alice@example.org", "email"),
        ("alice at example dot com", "email"),
        ("alice (at) example [dot] com", "email"),
        ("https://example.org/x", "link"),
        ("www.example.org", "link"),
        ("find me on example.com/alice", "link"),
        ("I am @amber_oak there", "link"),
        ("my instagram is amber", "link"),
        ("4601 N MacArthur Blvd", "street"),
        ("12 Elm Street", "street"),
        ("it is 1200 West Airport Freeway, apt 4B", "street"),
        ("Calle Hidalgo 45", "street"),
        ("P.O. Box 12", "street"),
        ("I can give $20", "money"),
        ("twenty or 30 dollars", "money"),
        ("20 dólares", "money"),
        ("venmo me", "money"),
        ("$amberoak", "money"),
    ],
)
def test_it_finds(words: str, kind: str) -> None:
    assert kind in [finding.kind for finding in guard.found_in(words)]


@pytest.mark.parametrize(
    "words",
    [
        "Call or text 988, or 911.",
        "Four Thursdays: Dec 3, 10, 17 and 24.",
        "On 12/03/2026 at 2:15 pm.",
        "2026-12-03",
        "It is 20 minutes drive to Las Colinas.",
        "10 times a way out",
        "75038",
        "5 people in a circle",
        "From 8 am to 10 pm, 3 days a week.",
        "My dog is 12. No drive needed.",
        "I look at it and dot the i",
        "between 2 and 4 pm on a street nearby",
        "I am at home. Me and my dog are fine.",
    ],
)
def test_it_leaves_alone(words: str) -> None:
    assert guard.found_in(words) == []


def test_each_thing_is_named_once() -> None:
    assert guard.kinds_in("a@example.org or b@example.org, $5") == ["an e-mail address", "money"]


@pytest.mark.parametrize(
    "words",
    [
        "I want to die", "I don’t want to live", "i am going to kill myself", "I keep hurting myself", "suicidal",
        "My husband hits me", "I am not safe at home", "quiero morirme", "ya no quiero vivir", "mi esposo me pega",
        "There is no reason to go on", "I never wanted to come. I want to die.", "I overdosed last year",
        "I cant go on", "i dont want to live anymore", "I wanna die", "I want to be dead", "I would rather be dead",
        "I no longer want to live", "hang myself", "unalive myself", "kms", "I can't take it anymore", "im not safe",
        "my dad hits me", "my mom is beating me", "my step dad keeps hurting me", "me quiero matar",
    ],
)  # fmt: skip
def test_words_of_crisis_are_seen_and_stand_out_in_the_queue(words: str) -> None:
    assert crisis.sounds_like(words)
    assert '<strong class="risk-word">' in risk_marked(words)


@pytest.mark.parametrize(
    "words",
    ["I am not suicidal, only tired", "no voy a hacerme daño", "Planning for a crisis", "This soup is to die for",
     "I feel safe with you", "I could kill for a coffee", "Quiero vivir cerca", "without thoughts of suicide"],
)  # fmt: skip
def test_other_words_are_not(words: str) -> None:
    assert not crisis.sounds_like(words)
