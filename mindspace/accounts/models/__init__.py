from mindspace.accounts.models.block import Block, CannotBlockYourself
from mindspace.accounts.models.by_phone import PhoneMember
from mindspace.accounts.models.contact import ContactDetail, NotConfirmed, TooManyDetails
from mindspace.accounts.models.invitation import Invitation, InvitationClosed
from mindspace.accounts.models.kept_out import KeptOut
from mindspace.accounts.models.profile import Day, Profile
from mindspace.accounts.models.reset import NotTheirOwn, SecondFactorReset
from mindspace.accounts.models.sign_in import SignIn
from mindspace.accounts.models.user import User
from mindspace.accounts.models.vouch import CannotVouch, Vouch, when_vouched

__all__ = [
    "Block",
    "CannotBlockYourself",
    "CannotVouch",
    "ContactDetail",
    "Day",
    "Invitation",
    "InvitationClosed",
    "KeptOut",
    "NotConfirmed",
    "NotTheirOwn",
    "PhoneMember",
    "Profile",
    "SecondFactorReset",
    "SignIn",
    "TooManyDetails",
    "User",
    "Vouch",
    "when_vouched",
]
