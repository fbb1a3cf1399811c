from mindspace.accounts.models.invitation import Invitation, InvitationClosed
from mindspace.accounts.models.reset import NotTheirOwn, SecondFactorReset
from mindspace.accounts.models.user import User

__all__ = ["Invitation", "InvitationClosed", "NotTheirOwn", "SecondFactorReset", "User"]
