"""What readers get of a text."""

import re

import pytest

from articles import body
from articles.body import Derived


def derive(html: str, **pictures: str) -> Derived:
    return body.derive(html, "en-us", {int(number[1:]): picture for number, picture in pictures.items()})


def test_contents_words_and_minutes() -> None:
    derived = derive("<h2>One</h2><p>" + "word " * 398 + "</p><h3>Two <em>b</em></h3><p>* 24/7</p>")
    assert derived.contents == [
        {"id": "one", "text": "One", "level": 2},
        {"id": "two-b", "text": "Two b", "level": 3},
    ]
    assert (derived.words, derived.minutes, derived.listening_minutes) == (402, 3, 3)
    assert derived.headings == "One\nTwo b"
    assert derived.text.splitlines()[-1] == "* 24/7"


def test_an_empty_text_takes_a_minute() -> None:
    assert (derive("").words, derive("").minutes, derive("").listening_minutes) == (0, 1, 1)


@pytest.mark.parametrize(
    ("level", "words"), [("calm", "Advice:"), ("concern", "Urgent advice:"), ("urgent", "Emergency:")]
)
def test_a_care_card_says_its_level_in_words(level: str, words: str) -> None:
    html = derive(f'<section data-level="{level}"><p><b>If it is too much</b></p><p>You can call.</p></section>').html
    assert f'data-level="{level}" role="group" aria-labelledby="care-card-1"' in html
    assert f'id="care-card-1"><span class="care-card-level">{words}</span> If it is too much</p>' in html
    assert '<div class="care-card-text"><p>You can call.</p></div>' in html


def test_a_care_card_of_one_list_has_a_heading_all_the_same() -> None:
    html = derive('<section data-level="calm"><ul><li>Rest</li></ul></section>').html
    assert 'id="care-card-1"><span class="care-card-level">Advice:</span> </p>' in html
    assert "<li>Rest</li>" in html


def test_a_content_note_can_be_skipped() -> None:
    html = derive('<div data-note="It speaks of loss."><p>Hard.</p></div><p>Soft.</p>').html
    skip = re.search(r'<a [^>]*href="#(after-note-1)"[^>]*>Skip this part</a>', html)
    assert skip
    assert re.search(r'<p [^>]*id="after-note-1"[^>]*tabindex="-1"[^>]*>End of this part.</p>', html)
    assert (
        html.index("It speaks of loss.") < html.index("Hard.") < html.index("End of this part.") < html.index("Soft.")
    )


def test_links_out_are_marked_and_links_within_are_not() -> None:
    html = derive('<p><a href="https://example.org/">Out</a> <a href="http://localhost:8000/help/">In</a></p>').html
    assert re.search(r'<a (?=[^>]*class="external")(?=[^>]*rel="external noreferrer noopener")[^>]*>Out</a>', html)
    assert '<a href="/help/">In</a>' in html


def test_pictures_stand_for_their_number_and_a_lost_one_is_left_out() -> None:
    markup = '<picture><img src="/media/pictures/a.webp" alt="A cat" width="3" height="2" loading="lazy"></picture>'
    html = derive('<figure data-picture="7"><figcaption>Our cat</figcaption></figure>', _7=markup).html
    assert f"{markup}<figcaption>Our cat</figcaption>" in html.replace("\n", "")
    assert derive('<figure data-picture="7"><img src="/x"></figure><p>Text</p>').html.strip() == "<p>Text</p>"


def test_a_list_item_of_one_paragraph_is_plain() -> None:
    html = derive("<ul><li><p>One</p></li><li><p>Two</p><p>Three</p></li></ul>").html
    assert "<li>One</li>" in html
    assert "<p>Two</p>" in html


def test_it_is_the_same_however_often_it_is_cleaned() -> None:
    once = derive("<h2>One</h2><p>Call 988.</p>")
    assert derive(body.clean("<h2>One</h2><p>Call 988.</p>")) == once


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("Call 1-800-662-4357 today.", {"1-800-662-4357": "tel:+18006624357"}),
        ("Phone (214) 245 9442.", {"(214) 245 9442": "tel:+12142459442"}),
        ("+1 (214) 245 9442", {"+1 (214) 245 9442": "tel:+12142459442"}),
        ("214.245.9442", {"214.245.9442": "tel:+12142459442"}),
        ("988 is awake.", {"988": "tel:988"}),
        ("Call or text 988, day or night", {"988": "tel:988"}),
        ("You can text 988.", {"988": "sms:988"}),
        ("In danger, call 911.", {"911": "tel:911"}),
        ("Dial 211 for services", {"211": "tel:211"}),
        ("Text HOME to 741741.", {"741741": "sms:741741"}),
        ("Text START to 678-678", {"678-678": "sms:678678"}),
        ("911 people came to 988lifeline.org", {}),
        ("It cost $988 or 1,988 or 988.50", {}),
        ("In 2008-2012, 123-456-7890", {}),
        ("We walked to 12345 doors", {}),
        ("Order 4214-245-9442-1", {}),
    ],
)
def test_phone_numbers_become_links(text: str, links: dict[str, str]) -> None:
    html = derive(f"<p>{text}</p>").html
    assert {words: href for href, words in re.findall(r'<a href="([^"]+)">([^<]+)</a>', html)} == links
    assert re.sub(r"<[^>]+>", "", html) == text


def test_a_number_that_is_a_link_or_a_heading_stays_as_it_is() -> None:
    assert derive('<p><a href="/help/">988</a></p>').html == '<p><a href="/help/">988</a></p>'
    assert "<a" not in derive("<h2>Call 988</h2>").html


def test_a_number_in_bold_is_linked_and_stays_bold() -> None:
    assert '<a href="tel:988"><strong>988</strong></a>' in derive("<p>Call <b>988</b>.</p>").html
