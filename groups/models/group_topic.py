import pghistory

from groups.models.group import Group


@pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent(), obj_field=None)
class GroupTopic(Group.topics.through):  # type: ignore[name-defined]
    """A topic of a group, so that the history tells of these changes too."""

    class Meta:
        proxy = True
