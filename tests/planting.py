"""A small world in which everything private holds a canary: words that stand nowhere else."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from mindspace.accounts.models import Block, ContactDetail, KeptOut, PhoneMember, Profile, User, Vouch
from mindspace.moderation import standing
from mindspace.moderation.models import Appeal, PersonReport, Sanction, ThreadLook, VouchRequest
from mutualaid.models import HeldMessage, Post, PostReport, Response, ResponseReport, Reveal
from tests.mutualaid.cast import draft, grown_up, person, post

People = dict[str, User]


def people() -> People:
    """Alice owns most of it. Bob and Pam, who moderates, answered her; Carol is a third; Dora is kept apart from her.

    Eve may not write. Max, Mia and Pam moderate, Ed edits, and Sue may do everything.
    """
    found = {name: grown_up(name) for name in ("bob", "carol", "dora", "eve")}
    found |= {name: person(name, "Moderator") for name in ("max", "mia", "pam")}
    found |= {"alice": grown_up("canary-sign-in"), "ed": person("ed", "Editor"), "sue": person("sue", "Editor")}
    found["sue"].is_superuser = True
    found["sue"].save()
    found["alice"].display_name = "Quillcanary"
    found["alice"].save()
    Profile.objects.create(user=found["pam"], is_adult=True, adult_stated_at=timezone.now())
    Vouch.objects.give(found["mia"], found["bob"])
    return found


def plant() -> People:
    found = people()
    profile_of(found["alice"])
    public = posts_of(found["alice"], found["max"])
    conversations(found, public)
    told_to_moderators(found, public)
    Block.objects.put(found["alice"], found["dora"])
    KeptOut.objects.keep(["canary-banned@example.org"], None)
    return found


def profile_of(alice: User) -> None:
    profile = Profile.of(alice)
    profile.area_name, profile.area_zip, profile.hours = "Haslet, TX", "76052", "31.97"
    profile.latitude, profile.longitude, profile.x, profile.y = 32.97, -97.35, 1.0, 2.0
    profile.availability = "canary-availability"
    profile.save()
    ContactDetail.objects.add(alice, "email", "canary-contact@example.net")
    ContactDetail.objects.add(alice, "phone", "+12145550188")


def posts_of(alice: User, moderator: User) -> Post:
    """One of each kind; the public one is returned."""
    draft(alice, "A draft", words="canary-draft, 12 Elm Street")
    draft(alice, "A held one", category="rides", words="canary-held-words").submit()
    removed = post(alice, "A removed one", audience="public", words="canary-removed-words")
    removed.remove(moderator, "canary-decision")
    post(alice, "For some", audience="vouched", words="canary-vouched-words")
    post(alice, "For members", audience="members", words="canary-members-words")
    return post(alice, "For everybody", audience="public", slots=5)


def conversations(found: People, public: Post) -> None:
    alice, bob, moderator = found["alice"], found["bob"], found["max"]
    rosa = PhoneMember.objects.welcome(moderator, "Rosa", "canary-consent", adult=True).user
    for name, by in {"carol": found["carol"], "rosa": rosa, "pam": found["pam"]}.items():
        Response.objects.send_in(None, public, by, f"canary-answer-of-{name}")
    response = Response.objects.send_in(None, public, bob, "canary-answer-of-bob")
    response.accept()
    response.say(alice, "canary-line")
    refused = response.say(alice, "canary-refused-line: 214 555 0176")
    HeldMessage.objects.get(message=refused).decide(moderator, "refuse", "canary-decision")
    response.say(alice, "canary-held-line: 214 555 0177")
    shown = ContactDetail.objects.add(alice, "phone", "+12145550166")
    shown.verified_at = timezone.now()
    shown.save()
    Reveal.objects.show(shown, response.arrangements.get())


def told_to_moderators(found: People, public: Post) -> None:
    alice, bob, max_, mia = (found[name] for name in ("alice", "bob", "max", "mia"))
    with_bob, with_pam = (Response.objects.get(by=found[name]) for name in ("bob", "pam"))
    PostReport.objects.send_in(None, public, "other", "canary-note-about-the-post", bob)
    carols = PostReport.objects.send_in(None, public, "other", "", found["carol"])
    carols.decide(max_, "refuse", "canary-decision")
    PersonReport.objects.send_in(None, alice, "other", "canary-note-about-alice", bob)
    about_bob = ResponseReport.objects.send_in(None, with_bob, "other", "canary-note-about-bob", alice)
    ThreadLook.objects.open(about_bob, with_bob.pk, mia, "canary-reason-to-read")
    ResponseReport.objects.send_in(None, with_pam, "other", "canary-note-about-pam", alice)
    VouchRequest.objects.ask(alice, "canary-note-to-be-vouched")
    until: Any = timezone.now() + timedelta(days=7)
    mute = Sanction.objects.impose(found["eve"], "mute", by=max_, reason="canary-sanction", until=until)
    decision = standing.decision_on(mute)
    assert decision
    Appeal.objects.send_in(None, decision, found["eve"], "canary-appeal")
