from groups.models.exception import MeetingException
from groups.models.group import Group
from groups.models.organization import Organization
from groups.models.place import Place
from groups.models.schedule import Meeting, MeetingSchedule
from groups.models.topic import Topic

__all__ = ["Group", "Meeting", "MeetingException", "MeetingSchedule", "Organization", "Place", "Topic"]
