from groups.circles.models.circle import Circle
from groups.circles.models.invitation import Invitation
from groups.circles.models.membership import MOST_MEMBERS, Membership

__all__ = ["MOST_MEMBERS", "Circle", "Invitation", "Membership"]
