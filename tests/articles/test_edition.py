"""An edition never changes, and at any moment exactly the right one is live."""

from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import ProtectedError
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from articles import errors
from articles.models import Edition, Withdrawal
from tests.articles.cast import NOON, alice, bob, draft, topic

pytestmark = pytest.mark.django_db


def refused(change) -> bool:
    try:
        with transaction.atomic():
            change()
    except DatabaseError as error:
        return "history" in str(error)
    return False


def test_the_database_refuses_to_change_or_delete_it() -> None:
    edition = draft(None).publish(None)
    assert refused(lambda: Edition.objects.filter(pk=edition.pk).update(title="Other"))
    assert refused(lambda: Edition.objects.filter(pk=edition.pk).update(publish_at=NOON))
    assert refused(lambda: edition.delete())
    assert Edition.objects.get().title == "Soup"


def test_the_database_refuses_to_change_or_delete_a_withdrawal() -> None:
    withdrawal = draft(None).publish(None).withdraw(None, "wrong number")
    assert refused(lambda: Withdrawal.objects.update(reason=""))
    assert refused(lambda: withdrawal.delete())


def test_people_who_delete_their_account_leave_no_name_behind() -> None:
    author, reviewer = alice(), bob()
    article = draft(author)
    article.approve(reviewer)
    edition = article.publish(author)
    edition.withdraw(author)
    author.delete()
    reviewer.delete()
    edition = Edition.objects.get()
    assert (edition.published_by, edition.approved_by, edition.withdrawal.by) == (None, None, None)
    assert refused(lambda: Edition.objects.update(published_by=bob()))


def test_no_setting_of_a_transaction_lets_it_be_taken_away() -> None:
    edition = draft(None).publish(None)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL mindspace.allow_removal = 'on'")
    assert refused(lambda: Edition.objects.filter(pk=edition.pk).delete())
    assert Edition.objects.exists()


def test_an_article_with_an_edition_cannot_be_deleted() -> None:
    edition = draft(None).publish(None)
    with pytest.raises(ProtectedError):
        edition.article.delete()


def test_two_editions_of_an_article_never_share_a_number() -> None:
    edition = draft(None).publish(None)
    edition.pk = None
    edition.search_vector = ""
    with pytest.raises(IntegrityError), transaction.atomic():
        edition.save(force_insert=True)


def test_editing_never_touches_what_is_live() -> None:
    article = draft(None)
    edition = article.publish(None)
    article.save_desk(None, article.version, title="Stew", body="<p>Gone</p>", topics=[])
    topic().delete()
    live = Edition.objects.live().get()
    assert (live.pk, live.title, live.topics) == (edition.pk, "Soup", [{"slug": "company", "name": "Company"}])
    assert "soup" in live.body_html


def test_it_holds_no_address_of_a_static_file() -> None:
    assert "/static/" not in draft(None, drawing="circle", drawing_alt="A circle").publish(None).body_html


def test_related_chosen_ones_come_first_then_those_that_share_topics() -> None:
    rest, tea, far = topic("Rest"), topic("Tea"), topic("Far")
    far_one = draft(None, "Far away", topics=[far]).publish(None)
    both = draft(None, "Both", topics=[rest, tea]).publish(None)
    one = draft(None, "One", topics=[tea]).publish(None)
    chosen = draft(None, "Chosen", topics=[far]).publish(None)
    draft(None, "Not live", topics=[rest, tea])
    here = draft(None, "Here", topics=[rest, tea], related=[chosen.article]).publish(None)
    assert list(Edition.objects.related_to(here)) == [chosen, both, one]
    assert far_one not in Edition.objects.related_to(here)


def test_the_newest_first_goes_by_the_day_of_first_publication() -> None:
    with time_machine.travel(NOON, tick=False):
        first = draft(None, "First").publish(None)
    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        second = draft(None, "Second").publish(None)
        third = draft(None, "Third").publish(None)
    with time_machine.travel(NOON + timedelta(days=2), tick=False):
        first.article.save_desk(None, first.article.version, title="First, corrected")
        corrected = first.article.publish(None)
        assert corrected.first_published_at == NOON
        assert list(Edition.objects.live().newest_first()) == [third, second, corrected]


def test_a_cancelled_edition_does_not_count_as_first_published() -> None:
    with time_machine.travel(NOON, tick=False):
        article = draft(None)
        article.publish(None, NOON + timedelta(days=1)).withdraw(None)
        later = article.publish(None, NOON + timedelta(days=3))
    assert later.first_published_at == NOON + timedelta(days=3)


HOURS = st.integers(min_value=1, max_value=8)


class LiveTest(TestCase):
    """`live` against a plain reading of the rule, over editions and withdrawals at random hours."""

    @settings(max_examples=60, deadline=None)
    @given(
        st.lists(st.tuples(st.integers(0, 1), HOURS, st.none() | HOURS), max_size=8),
        st.lists(st.integers(min_value=0, max_value=9), min_size=1, max_size=3),
    )
    def test_live_is_the_greatest_that_stands(self, plan, moments) -> None:
        def hour(count: int):
            return NOON + timedelta(hours=count)

        with time_machine.travel(NOON, tick=False):
            articles = [draft(None, "One"), draft(None, "Two")]
            made = []
            for which, publish_hour, withdrawn_hour in plan:
                edition = articles[which].publish(None, hour(publish_hour), keep_scheduled=True)
                if withdrawn_hour is not None:
                    Withdrawal.objects.create(edition=edition, at=hour(withdrawn_hour))
                made.append((edition, publish_hour, withdrawn_hour))
        for moment in moments:
            expected = {}
            for edition, publish_hour, withdrawn_hour in made:
                stands = withdrawn_hour is None or withdrawn_hour > moment
                best = expected.get(edition.article_id)
                key = (publish_hour, edition.number)
                if publish_hour <= moment and stands and (best is None or key > best[0]):
                    expected[edition.article_id] = (key, edition)
            live = Edition.objects.live(hour(moment))
            assert {edition.pk for edition in live} == {edition.pk for _key, edition in expected.values()}
            for _key, edition in expected.values():
                assert live.filter(slug=edition.slug).get() == edition


def test_live_is_found_by_an_index(django_assert_num_queries) -> None:
    article = draft(None)
    article.publish(None)
    with django_assert_num_queries(1):
        assert Edition.objects.live().filter(slug="soup").get().title == "Soup"
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            "EXPLAIN "
            + str(Edition.objects.live(NOON).filter(pk=1).query).replace(
                "2026-03-02 12:00:00+00:00", "'2026-03-02 12:00:00+00:00'"
            )
        )
        assert "edition_newest" in "\n".join(line for (line,) in cursor.fetchall())


def test_a_scheduled_edition_goes_live_by_itself() -> None:
    with time_machine.travel(NOON, tick=False):
        article = draft(None)
        article.publish(None)
        article.save_desk(None, article.version, title="Stew")
        article.publish(None, NOON + timedelta(hours=1))
        assert Edition.objects.live().get().title == "Soup"
        assert [edition.title for edition in Edition.objects.scheduled()] == ["Stew"]
    with time_machine.travel(NOON + timedelta(hours=1), tick=False):
        assert Edition.objects.live().get().title == "Stew"
        assert not Edition.objects.scheduled()


def test_nothing_to_withdraw_twice() -> None:
    edition = draft(None).publish(None)
    edition.withdraw(None)
    with pytest.raises(errors.NothingToWithdraw):
        edition.withdraw(None)
