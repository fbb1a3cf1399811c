from groups.models.claim import Claim
from groups.models.exception import MeetingException
from groups.models.freshness import Question, Sighting
from groups.models.group import Group
from groups.models.group_topic import GroupTopic
from groups.models.import_run import ImportRow, ImportRun
from groups.models.name_word import NameWord
from groups.models.organization import Organization
from groups.models.organizer import Organizer, OrganizerLink
from groups.models.place import Place
from groups.models.report import GroupReport
from groups.models.schedule import Meeting, MeetingSchedule
from groups.models.search import NextStart, SearchRow
from groups.models.source import Origin, Source
from groups.models.suggestion import Suggestion
from groups.models.topic import Topic

__all__ = [
    "Claim",
    "Group",
    "GroupReport",
    "GroupTopic",
    "ImportRow",
    "ImportRun",
    "Meeting",
    "MeetingException",
    "MeetingSchedule",
    "NameWord",
    "NextStart",
    "Organization",
    "Organizer",
    "OrganizerLink",
    "Origin",
    "Place",
    "Question",
    "SearchRow",
    "Sighting",
    "Source",
    "Suggestion",
    "Topic",
]
