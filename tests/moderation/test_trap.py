"""Programs fall into the trap; people lose nothing by it."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import Group as Role
from django.utils import timezone

from mindspace.moderation import queue
from mindspace.moderation.forms import GentleTrapForm
from mindspace.moderation.models import Decision
from mindspace.moderation.templatetags.risk import risk_marked
from mindspace.once import OnceForm
from tests.groups.cast import max_


class NoteForm(GentleTrapForm, OnceForm):
    pass


def sent(after: int, **changes: str) -> NoteForm:
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        blank = NoteForm()
        data = {name: str(blank[name].value() or "") for name in blank.fields}
    with time_machine.travel(now + timedelta(seconds=after), tick=False):
        form = NoteForm({**data, **changes})
        form.is_valid()
        return form


def test_a_person_passes() -> None:
    assert sent(4).errors == {}


@pytest.mark.parametrize("form", [sent(1), sent(9, website_of_yours="x"), sent(9, made="x"), sent(9, made="")])
def test_a_program_does_not(form: NoteForm) -> None:
    assert len(form.errors["__all__"]) == 1


def test_sent_again_by_a_person_it_passes() -> None:
    form = sent(1)
    with time_machine.travel(timezone.now() + timedelta(seconds=9)):
        assert NoteForm(form.data).is_valid()


def test_words_of_risk_are_marked_and_nothing_else_is_markup() -> None:
    said = risk_marked("<b>Send a gift card</b>, or I kill myself")
    assert said == (
        '&lt;b&gt;Send a <strong class="risk-word">gift card</strong>&lt;/b&gt;, or I '
        '<strong class="risk-word">kill myself</strong>'
    )


@pytest.mark.django_db
def test_after_many_decisions_a_cup_of_tea() -> None:
    moderator, now = max_(), timezone.now()
    assert Role.objects.filter(user=moderator).exists()
    for number in range(queue.MANY):
        assert not queue.needs_a_break(moderator, now + timedelta(minutes=1)), number
        Decision.objects.create(queue="x", item=moderator.pk, verdict="ask", by=moderator, at=now)
    assert queue.needs_a_break(moderator, now + timedelta(minutes=1))
    assert not queue.needs_a_break(moderator, now + timedelta(hours=1))
