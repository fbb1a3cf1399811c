"""Ten clicks on one button at the same moment, over real connections: one row, and ten friendly answers."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
import time_machine
from django.contrib.messages import ERROR, get_messages
from django.db import connection
from django.test import Client
from django.utils import timezone

from mindspace.accounts.models import Block, ContactDetail, PhoneMember, Profile, User, Vouch
from mindspace.moderation.models import Appeal, PersonReport, Sanction, ThreadLook, VouchRequest
from mindspace.notifications.models import Notification
from mindspace.notifications.telling import notify
from mutualaid.models import (
    Acted,
    Arrangement,
    Asked,
    HeldPost,
    Message,
    PassRequest,
    Post,
    PostReport,
    Response,
    ResponseReport,
    Reveal,
)  # fmt: skip
from tests.mutualaid.cast import IRVING, alice, bob, client_of, draft, form_data, max_, mia, post

pytestmark = pytest.mark.django_db(transaction=True)
CLICKS = 10
IN_A_WEEK = timezone.now().replace(microsecond=0) + timedelta(days=7)


@dataclass
class Form:
    """Who sends what where, and how many rows there are then. With `page`, what the form on it holds is sent along."""

    by: User | None
    path: str
    said: dict[str, Any]
    rows: Callable[[], int]
    page: str = ""


def answered() -> Response:
    made: Response = Response.objects.send_in(None, post(alice()), bob(), "I can come.")
    return made


def agreed() -> Response:
    response = answered()
    response.accept()
    return response


def seen_through() -> Response:
    response = agreed()
    for person in (response.by, response.post.author):
        response.arrangements.get().say_done(person)
    return response


def taken_down() -> Post:
    made = post(alice())
    report = PostReport.objects.send_in(None, made, "scam", "", bob())
    for moderator in (max_(), mia()):
        report.decide(moderator, "approve", "It asks for money.")
    return made


def muted() -> User:
    user = bob()
    Sanction.objects.impose(user, "mute", by=max_(), reason="x", until=timezone.now() + timedelta(days=3))
    return user


def rosa() -> PhoneMember:
    made: PhoneMember = PhoneMember.objects.welcome(max_(), "Rosa", "Yes.", adult=True)
    return made


def at(thing: Any, word: str = "") -> str:
    return f"{thing.get_absolute_url()}{word}"


def new_post() -> Form:
    said = {"kind": "request", "category": "groceries", "title": "Rice", "words": "A bag of rice."}
    return Form(alice(), "/mutual-aid/new/", said, Post.objects.count)


def sending_in() -> Form:
    made = draft(alice())
    return Form(made.author, at(made, "edit/check/"), {}, HeldPost.objects.count)


def answer() -> Form:
    made = post(alice())
    return Form(
        bob(), at(made, "answer/"), {"words": "I can."}, lambda: Response.objects.count() * Message.objects.count()
    )


def line() -> Form:
    response = answered()
    return Form(response.by, at(response), {"words": "Sunday?"}, Message.objects.filter(words="Sunday?").count)


def thanks() -> Form:
    response = seen_through()
    path = at(response, "thank/")
    said = {"card": "candle", "words": "Thank you."}
    return Form(response.by, path, said, Message.objects.exclude(card="").count, page=at(response))


def yes() -> Form:
    response = answered()
    return Form(response.post.author, at(response, "accept/"), {}, Arrangement.objects.count)


def no() -> Form:
    response = answered()
    return Form(response.post.author, at(response, "decline/"), {}, Response.objects.filter(state="declined").count)


def stepping_back() -> Form:
    response = answered()
    return Form(response.by, at(response, "withdraw/"), {}, Response.objects.filter(state="withdrawn").count)


def done() -> Form:
    response = agreed()
    return Form(response.by, at(response, "done/"), {}, Arrangement.objects.filter(state="done").count)


def calling_off() -> Form:
    response = agreed()
    return Form(response.by, at(response, "cancel/"), {}, Arrangement.objects.filter(state="cancelled").count)


def time() -> Form:
    response = agreed()
    said = {"day": timezone.localdate() + timedelta(days=5), "start": "18:00"}
    rows = Arrangement.objects.filter(suggested_by=response.by).count
    return Form(response.by, at(response, "time/"), said, rows)


def suggested() -> Response:
    response = agreed()
    response.arrangements.get().suggest(response.by, IN_A_WEEK)
    return response


def yes_to_a_time() -> Form:
    response = suggested()
    said = {"suggested_at": IN_A_WEEK.strftime("%Y-%m-%dT%H:%M:%SZ")}
    rows = Arrangement.objects.filter(starts_at=IN_A_WEEK).count
    return Form(response.post.author, at(response, "time/agree/"), said, rows)


def no_to_a_time() -> Form:
    response = suggested()
    rows = Arrangement.objects.filter(suggested_at=None, starts_at=None).count
    return Form(response.post.author, at(response, "time/keep/"), {}, rows)


def showing() -> Form:
    response = agreed()
    detail = ContactDetail.objects.add(response.by, "phone", "+12145550142")
    ContactDetail.objects.update(verified_at=timezone.now())
    return Form(response.by, at(response, "show/"), {"detail": detail.pk}, Reveal.objects.count)


def passing() -> Form:
    response = Response.objects.send_in(None, post(alice(), category="rides"), bob(), "I drive.")
    return Form(response.by, at(response, "pass/"), {}, PassRequest.objects.count)


def report_of_post() -> Form:
    return Form(bob(), at(post(alice()), "report/"), {"reason": "scam"}, PostReport.objects.count)


def report_signed_out() -> Form:
    made = post(alice(), audience="public")
    return Form(None, at(made, "report/"), {"reason": "scam"}, PostReport.objects.count)


def report_of_person() -> Form:
    return Form(bob(), f"/my/standing/report/{alice().pk}/", {"reason": "scam"}, PersonReport.objects.count)


def report_of_thread() -> Form:
    response = answered()
    return Form(response.by, at(response, "report/"), {"reason": "scam"}, ResponseReport.objects.count)


def reading_a_thread() -> Form:
    response = answered()
    report = ResponseReport.objects.send_in(None, response, "scam", "", response.by)
    path = f"/mutual-aid/thread-reports/{report.pk}/"
    return Form(max_(), path, {"reason": "I cannot decide without."}, ThreadLook.objects.count)


def appeal_of_post() -> Form:
    made = taken_down()
    return Form(made.author, at(made, "appeal/"), {"words": "Why?"}, Appeal.objects.count)


def appeal_of_mute() -> Form:
    return Form(muted(), "/my/standing/", {"words": "Why?"}, Appeal.objects.count)


def wish() -> Form:
    return Form(bob(), "/moderation/vouching/", {"note": "You know me."}, VouchRequest.objects.count)


def vouch() -> Form:
    return Form(max_(), f"/accounts/people/{bob().pk}/vouch/", {}, Vouch.objects.count, page="/my/")


def block() -> Form:
    return Form(bob(), f"/accounts/people/{alice().pk}/block/", {}, Block.objects.count)


def contact() -> Form:
    return Form(bob(), "/accounts/contact/", {"value": "214 555 0142"}, ContactDetail.objects.count)


def sanction() -> Form:
    said = {"kind": "mute", "days": "3", "reason": "Unkind words."}
    return Form(max_(), f"/moderation/people/{bob().pk}/", said, Sanction.objects.count)


def asking() -> Form:
    made, helper = post(alice(), category="groceries"), bob()
    Profile.objects.filter(user=helper).update(can_give=["groceries"], hours=4, **IRVING)
    return Form(made.author, at(made, "ask/"), {"person": helper.pk}, Asked.objects.count, page="/my/")


def member_by_phone() -> Form:
    said = {"display_name": "Rosa", "consent": "Yes to all.", "agreed": "on"}
    return Form(max_(), "/accounts/by-phone/", said, PhoneMember.objects.count)


def post_by_phone() -> Form:
    member = rosa()
    said = {"kind": "request", "category": "groceries", "title": "Rice", "words": "A bag of rice."}
    return Form(member.made_by, f"/mutual-aid/by-phone/{member.pk}/new/", said, Post.objects.count)


def answer_by_phone() -> Form:
    member, made = rosa(), post(alice())
    path = f"/mutual-aid/by-phone/{member.pk}/answer/{made.pk}/"
    return Form(
        member.made_by,
        path,
        {"words": "I can.", "wanted": "on"},
        lambda: Response.objects.count() * Acted.objects.count(),
    )


def line_by_phone() -> Form:
    member = rosa()
    response = Response.objects.send_in(None, post(alice()), member.user, "I can.")
    path = f"/mutual-aid/by-phone/{member.pk}/answers/{response.pk}/"
    said = {"do": "say", "words": "Sunday?", "wanted": "on"}
    return Form(member.made_by, path, said, Message.objects.filter(words="Sunday?").count)


def change_by_phone() -> Form:
    member = rosa()
    made = post(member.user)
    said = {"kind": "request", "category": "groceries", "title": "Rice", "words": "A bag of rice."}
    return Form(member.made_by, at(made, "edit/what/"), said, Acted.objects.count)


def renewal_by_phone() -> Form:
    member = rosa()
    page = f"/mutual-aid/by-phone/{member.pk}/"
    return Form(member.made_by, at(post(member.user), "renew/"), {}, Acted.objects.count, page=page)


def told_by_phone() -> Form:
    member = rosa()
    news = notify(member.user, "mutualaid.answered", "1")
    rows = Notification.objects.exclude(told_by=None).count
    return Form(member.made_by, f"/mutual-aid/by-phone/{member.pk}/told/", {"told": news.pk}, rows)


def end_by_phone() -> Form:
    member = rosa()
    said = {"how": "stop", "sure": "on"}
    rows = PhoneMember.objects.exclude(ended_at=None).count
    return Form(member.made_by, f"/accounts/by-phone/{member.pk}/end/", said, rows)


FORMS = (
    new_post, sending_in, answer, line, thanks, yes, no, stepping_back, done, calling_off, time, yes_to_a_time,
    no_to_a_time, showing, passing, report_of_post, report_signed_out, report_of_person, report_of_thread,
    reading_a_thread, appeal_of_post, appeal_of_mute, wish, vouch, block, contact, sanction, asking,
    member_by_phone, post_by_phone, answer_by_phone, line_by_phone, change_by_phone, renewal_by_phone, told_by_phone,
    end_by_phone,
)  # fmt: skip


def clicks(form: Form) -> list[Any]:
    """What each of ten got; all of them send what is on one page, and start together."""
    page = client_of(form.by).get(form.page or form.path)
    said = form_data(page.content, **form.said) if page.status_code == 200 else form.said
    said = {name: value for name, value in said.items() if name in form.said or name in ("form_key", "made")}
    clients, start = [client_of(form.by) for _click in range(CLICKS)], Barrier(CLICKS)

    def click(client: Client) -> Any:
        try:
            connection.ensure_connection()
            start.wait(timeout=20)
            return client.post(form.path, said)
        finally:
            connection.close()

    with time_machine.travel(timezone.now() + timedelta(seconds=5)), ThreadPoolExecutor(CLICKS) as pool:
        return list(pool.map(click, clients))


@pytest.mark.parametrize("make", FORMS, ids=lambda make: make.__name__)
def test_one_row_and_ten_friendly_answers(make: Callable[[], Form]) -> None:
    form = make()
    answers = clicks(form)
    assert form.rows() == 1
    assert {answer.status_code for answer in answers} <= {200, 302}
    said = [str(each) for answer in answers for each in get_messages(answer.wsgi_request) if each.level >= ERROR]
    assert said == []
    assert len({answer["Location"] for answer in answers if answer.status_code == 302}) <= 1  # all to the same place


def test_it_would_see_two_rows() -> None:
    form = new_post()
    form.path, form.said = "/mutual-aid/new/", form.said | {"form_key": ""}
    clicks(form)
    assert Post.objects.count() == CLICKS
