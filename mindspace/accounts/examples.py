"""The people of a site on one's own machine. Their passwords are no secret, so they open nothing anywhere else."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from mindspace.accounts import places, roles
from mindspace.accounts.models import ContactDetail, PhoneMember, Profile, User, Vouch

PASSWORD = "a-quiet-street-in-Irving"  # noqa: S105 - see above
BY_PHONE = "Example Rosa"


@dataclass(frozen=True)
class Person:
    name: str  # before the @
    display_name: str
    role: str | None = None
    area: str = ""
    says: dict[str, Any] = field(default_factory=dict)  # of their profile
    is_vouched: bool = False
    rests: bool = False
    phone: str = ""  # to show to somebody; of those that no telephone company gives out


PEOPLE = (
    Person(
        "member", "Example Member", area="75038", is_vouched=True, phone="+12145550123",
        says={"hours": 4, "can_give": ["groceries", "rides", "listening"], "languages": ["en", "es"],
              "availability": "Weekday evenings", "available_days": ["MO", "TU", "WE", "TH"]},
    ),
    Person(
        "neighbor", "Example Neighbor", area="75061", is_vouched=True, phone="+12145550124",
        says={"hours": 2, "can_give": ["groceries", "rides", "childcare"], "languages": ["en", "es"],
              "availability": "Weekends and Thursdays", "available_days": ["TH", "SA", "SU"]},
    ),
    Person(
        "resting", "Example Resting", area="Grapevine, TX", is_vouched=True, rests=True,
        says={"hours": 8, "can_give": ["listening", "check_ins"], "languages": ["en"]},
    ),
    Person("new", "Example New", area="75039", says={"can_give": ["groceries"], "languages": ["en"]}),
    Person("moderator", "Example Moderator", roles.MODERATOR, area="75062", says={"languages": ["en"]}),
    Person("moderator2", "Example Second Moderator", roles.MODERATOR, area="75061", says={"languages": ["en", "es"]}),
    Person("editor", "Example Editor", roles.EDITOR),
    Person("reviewer", "Example Reviewer", roles.REVIEWER),
)  # fmt: skip


def load() -> Iterator[str]:
    for person in PEOPLE:
        email = f"{person.name}@example.org"
        user = User.objects.filter(email=email).first()
        if user is None:
            user = User.objects.create_user(
                email, PASSWORD, display_name=person.display_name, is_staff=person.role is not None, is_example=True
            )
            EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
            _introduce(user, person)
            if person.phone:
                ContactDetail.objects.add(user, ContactDetail.Kind.PHONE, person.phone)
                ContactDetail.objects.of(user).update(verified_at=timezone.now())
        if person.role and user.is_example:
            user.groups.add(Group.objects.get(name=person.role))
        if user.is_example:
            yield f"{person.display_name}: {email} with the password {PASSWORD}"
    _vouch()
    _by_phone()


def _introduce(user: User, person: Person) -> None:
    if not person.says:
        return
    profile = Profile.of(user)
    for name, value in person.says.items():
        setattr(profile, name, value)
    profile.state_age(True)
    profile.put_in(places.find(person.area))
    if person.rests:
        profile.resting_until = timezone.localdate() + timedelta(days=21)
    profile.save()


def _vouch() -> None:
    moderator = User.objects.filter(email="moderator@example.org", is_example=True).first()
    for person in PEOPLE if moderator else ():
        user = User.objects.filter(email=f"{person.name}@example.org", is_example=True).first()
        if person.is_vouched and user is not None:
            Vouch.objects.get_or_create(voucher=moderator, vouched=user, defaults={"by_moderator": True})


def _by_phone() -> None:
    moderator = User.objects.filter(email="moderator@example.org", is_example=True).first()
    if moderator is None or User.objects.filter(display_name=BY_PHONE, is_example=True).exists():
        return
    words = "An example: she asked on the phone that we post and answer for her."
    made = PhoneMember.objects.welcome(moderator, BY_PHONE, words, adult=True)
    User.objects.filter(pk=made.pk).update(is_example=True)
    profile = Profile.of(made.user)
    profile.languages = ["es", "en"]
    profile.put_in(places.find("75060"))
    profile.save()


def remove() -> None:
    for user in User.objects.filter(is_example=True):
        try:
            with transaction.atomic():
                user.delete()
        except ProtectedError:  # something real was made under this name: it stays, the account closes
            user.is_active = user.is_staff = user.is_example = False
            user.set_unusable_password()
            user.save()


def present() -> bool:
    return User.objects.filter(is_example=True).exists()
