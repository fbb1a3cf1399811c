from mindspace.moderation.models.appeal import Appeal, can_be_overturned
from mindspace.moderation.models.decision import SAYABLE, Decision, Verdict
from mindspace.moderation.models.held import Held
from mindspace.moderation.models.held_queries import HeldQuerySet, staff_of_one
from mindspace.moderation.models.look import ThreadLook
from mindspace.moderation.models.person_report import PersonReport
from mindspace.moderation.models.report import MemberReport, MemberReportQuerySet, Report, weight_of
from mindspace.moderation.models.sanction import Sanction, may_write
from mindspace.moderation.models.vouch import CannotAsk, VouchRequest

__all__ = [
    "SAYABLE",
    "Appeal",
    "CannotAsk",
    "Decision",
    "Held",
    "HeldQuerySet",
    "MemberReport",
    "MemberReportQuerySet",
    "PersonReport",
    "Report",
    "Sanction",
    "ThreadLook",
    "Verdict",
    "VouchRequest",
    "can_be_overturned",
    "may_write",
    "staff_of_one",
    "weight_of",
]
