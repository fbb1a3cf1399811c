"""What the account itself holds of a person: for taking it out, and for leaving."""

from collections.abc import Mapping
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.utils.translation import gettext_lazy as _

from mindspace.accounts import giving, keeping_out
from mindspace.accounts.models import (
    Block,
    ContactDetail,
    Day,
    Invitation,
    KeptOut,
    PhoneMember,
    Profile,
    SignIn,
    User,
    Vouch,
)
from mindspace.accounts.profile_forms import ZONES

SECOND_STEPS = {"totp": _("An app that shows codes"), "webauthn": _("A passkey"), "recovery_codes": _("Recovery codes")}


def export(user: User) -> Mapping[str, Any]:
    profile = Profile.objects.filter(user=user).first()
    addresses = EmailAddress.objects.filter(user=user)
    return {
        "display_name": user.display_name,
        "email": user.email if user.can_be_mailed else "",
        "email_addresses": [{"email": each.email, "confirmed": each.verified} for each in addresses],
        "joined": user.date_joined,
        "last_sign_in": user.last_login,
        "staff": user.is_staff,
        "roles": [group.name for group in user.groups.all()],
        "second_steps": [
            {
                "kind": str(SECOND_STEPS.get(each.type, each.type)),
                "kind_name": each.type,
                "made": each.created_at,
                "last_used": each.last_used_at,
            }
            for each in Authenticator.objects.filter(user=user)
        ],
        "profile": _profile(profile) if profile else {},
        "contact_details": [
            {
                "kind": each.get_kind_display(),
                "kind_name": each.kind,
                "value": each.value,
                "added": each.made_at,
                "confirmed": each.verified_at,
            }
            for each in ContactDetail.objects.of(user)
        ],
        # Whom they blocked and vouched for; who blocked them is never told.
        "blocks": [
            {"name": each.blocked.display_name, "since": each.at}
            for each in Block.objects.filter(blocker=user).select_related("blocked")
        ],
        "vouched_for": [
            {"name": each.vouched.display_name, "at": each.at}
            for each in Vouch.objects.filter(voucher=user).select_related("vouched")
        ],
        "vouched_for_you": [
            {"by_moderator": each.by_moderator, "at": each.at} for each in Vouch.objects.filter(vouched=user)
        ],
        "helped_by_phone": [
            {
                "agreed_to": each.consent,
                "at": each.consented_at,
                "taken_back": each.ended_at,
                "said_to_be_18_or_over": each.age_heard_at,
                "heard_by": each.age_heard_by and each.age_heard_by.display_name,
            }
            for each in PhoneMember.objects.filter(user=user).select_related("age_heard_by")
        ],
        "signed_in": [{"device": each.device_in_words, "since": each.since} for each in SignIn.objects.of(user)],
        "invitations_accepted": [each.accepted_at for each in Invitation.objects.filter(accepted_by=user)],
    }


def _profile(profile: Profile) -> dict[str, Any]:
    return {
        "is_adult": profile.is_adult,
        "stated": profile.adult_stated_at,
        "languages": giving.words_for(profile.languages, giving.languages()) or profile.languages,
        "time_zone": str(ZONES.get(profile.time_zone, profile.time_zone)),
        "zone": profile.time_zone,
        "area": profile.area_name,
        "zip_code": profile.area_zip,
        "area_point": list(profile.area_point or ()),
        "hours_in_four_weeks": profile.hours,
        "can_give": giving.words_for(profile.can_give, giving.kinds()) or profile.can_give,
        "when": profile.availability,
        "days": [str(Day(each).label) for each in profile.available_days],
        "resting_until": profile.resting_until,
        "changed": profile.updated_at,
    }


def delete(user: User, keep_posts: bool) -> None:
    """Nearly all of it goes with the account itself. An invitation to their address holds the address.

    Of somebody who is banned a hash of each address stays while the ban holds: leaving is no way around it.
    """
    if banned := keeping_out.stretch(user):
        proven = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
        KeptOut.objects.keep({user.email, *proven}, banned[0])
        Vouch.objects.filter(voucher=user).delete()  # else they would count again, as nobody's
    Invitation.objects.filter(email=user.email).delete()
