from groups.models.exception import MeetingException
from groups.models.group import Group
from groups.models.organization import Organization
from groups.models.place import Place
from groups.models.schedule import Meeting, MeetingSchedule
from groups.models.search import NextStart, SearchRow
from groups.models.topic import Topic

__all__ = [
    "Group",
    "Meeting",
    "MeetingException",
    "MeetingSchedule",
    "NextStart",
    "Organization",
    "Place",
    "SearchRow",
    "Topic",
]
