"""The form's rhythm and the rule it stands for, there and back; and what is refused."""

from datetime import date

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from groups import recurrence
from groups.admin.rule_field import RuleField, said_by
from groups.recurrence import DAYS
from groups.rule_words import in_words

PARTS = ("how", "every", "days", "nth", "month_days", "written")


class OneRule(forms.Form):
    rule = RuleField()


def fill_in(**parts: object) -> OneRule:
    return OneRule({f"rule_{name}": value for name, value in parts.items()})


def sent_back(rule: str) -> OneRule:
    """The form as somebody sends it who only looked at the rule."""
    return fill_in(
        **{name: value for name, value in zip(PARTS, said_by(rule), strict=True) if value not in (None, [], "")}
    )


@pytest.mark.parametrize(
    ("parts", "rule"),
    [
        ({"how": "week", "days": ["TU"]}, "FREQ=WEEKLY;BYDAY=TU"),
        ({"how": "week", "days": ["TH", "MO"], "every": "3"}, "FREQ=WEEKLY;BYDAY=MO,TH"),
        ({"how": "weeks", "days": ["MO"], "every": "2"}, "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"),
        ({"how": "nth", "days": ["MO"], "nth": ["1", "3"]}, "FREQ=MONTHLY;BYDAY=1MO,3MO"),
        ({"how": "nth", "days": ["FR"], "nth": ["-1"]}, "FREQ=MONTHLY;BYDAY=-1FR"),
        ({"how": "nth", "days": ["FR"], "nth": ["2"], "every": "2"}, "FREQ=MONTHLY;INTERVAL=2;BYDAY=2FR"),
        ({"how": "month_day", "month_days": "15"}, "FREQ=MONTHLY;BYMONTHDAY=15"),
        ({"how": "month_day", "month_days": "1st, the 15th and last"}, "FREQ=MONTHLY;BYMONTHDAY=-1,1,15"),
        ({"how": "once"}, ""),
        ({"how": "written", "written": "RRULE:FREQ=WEEKLY;BYDAY=SU;COUNT=4"}, "RRULE:FREQ=WEEKLY;BYDAY=SU;COUNT=4"),
    ],
)
def test_what_is_ticked_becomes_a_rule(parts: dict[str, object], rule: str) -> None:
    form = fill_in(**parts)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["rule"] == rule


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({}, "Say how often it meets"),
        ({"how": "week"}, "Say on which days of the week"),
        ({"how": "weeks", "days": ["MO"]}, "Say every how many weeks"),
        ({"how": "weeks", "days": ["MO"], "every": "1"}, "Say every how many weeks"),
        ({"how": "weeks", "days": ["MO"], "every": "999"}, "less than or equal to 52"),
        ({"how": "nth", "days": ["MO"]}, "Tick which ones of the month"),
        ({"how": "nth", "nth": ["1"]}, "Tick which ones of the month"),
        ({"how": "nth", "days": ["MO"], "nth": ["6"]}, "Select a valid choice"),
        ({"how": "month_day"}, "Say on which day of the month"),
        ({"how": "month_day", "month_days": "32"}, "cannot be right"),
        ({"how": "month_day", "month_days": "1-15"}, "cannot be right"),
        ({"how": "month_day", "month_days": "soon"}, "cannot be right"),
        ({"how": "written"}, "Write the rule"),
        ({"how": "written", "written": "every now and then"}, "not a rule"),
        ({"how": "written", "written": "FREQ=YEARLY"}, "by the week or by the month"),
        ({"how": "written", "written": "FREQ=WEEKLY;BYDAY=\x00"}, "Null characters"),
        ({"how": "daily"}, "Select a valid choice"),
    ],
)
def test_what_says_no_rhythm_is_refused_in_words(parts: dict[str, object], said: str) -> None:
    form = fill_in(**parts)
    assert not form.is_valid()
    assert said in str(form.errors)


weekly = st.builds(
    lambda every, days, week: f"FREQ=WEEKLY;INTERVAL={every};BYDAY={','.join(days)};WKST={week}",
    st.integers(1, 52), st.sets(st.sampled_from(DAYS), min_size=1), st.sampled_from(DAYS),
)  # fmt: skip
nth_days = st.builds(
    lambda every, named: f"FREQ=MONTHLY;INTERVAL={every};BYDAY={','.join(f'{n}{day}' for n, day in named)}",
    st.integers(1, 52),
    st.sets(st.tuples(st.integers(-5, 5).filter(bool), st.sampled_from(DAYS)), min_size=1, max_size=6),
)
month_days = st.builds(
    lambda every, days: f"FREQ=MONTHLY;INTERVAL={every};BYMONTHDAY={','.join(map(str, days))}",
    st.integers(1, 52), st.sets(st.integers(-31, 31).filter(bool), min_size=1, max_size=8),
)  # fmt: skip
rules = st.one_of(st.just(""), weekly, nth_days, month_days).map(recurrence.canonical)


@given(rules)
def test_whoever_only_looks_at_a_rule_changes_nothing(rule: str) -> None:
    form = sent_back(rule)
    assert form.is_valid(), (rule, form.errors)
    assert recurrence.canonical(form.cleaned_data["rule"]) == rule


@given(rules)
def test_every_rule_has_words(rule: str) -> None:
    words = in_words(rule, date(2026, 3, 3))
    assert "FREQ" not in words
    assert words[0].isupper()


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=WEEKLY;BYDAY=TU", "Every Tuesday"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU", "Every day"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH", "Every other Monday and Thursday"),
        ("FREQ=MONTHLY;BYDAY=1MO,3MO", "The first and third Monday of the month"),
        ("FREQ=MONTHLY;BYDAY=1MO,-1FR", "The first Monday and last Friday of the month"),
        ("FREQ=MONTHLY;INTERVAL=2;BYDAY=-1FR", "Every 2 months: the last Friday"),
        ("FREQ=MONTHLY;BYMONTHDAY=1,15", "The 1st and 15th of the month"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1,22", "The 22nd and last day of the month"),
        ("FREQ=MONTHLY;BYMONTHDAY=-2,11", "The 11th and 2nd to last day of the month"),
        ("", "Once, on March 3, 2026"),
        ("FREQ=HOURLY", "FREQ=HOURLY"),
    ],
)
def test_rules_in_words(rule: str, words: str) -> None:
    assert in_words(rule, date(2026, 3, 3)) == words


def test_each_part_has_a_label_and_what_was_sent_is_shown_again() -> None:
    page = str(fill_in(how="weeks", days=["MO"])["rule"])
    assert page.count("<label for=") == 4
    assert page.count("<legend>") == 2
    assert '<option value="weeks" selected>' in page
    assert 'value="MO"' in page
    assert page.count("checked") == 1
