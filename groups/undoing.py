"""What one change did to one thing of a listing, and how that alone is taken back."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from groups.models import Group, MeetingSchedule, Place, Topic
from groups.models.keeping import NEVER_RESTORED, SHARING

MODELS: dict[str, Any] = {"group": Group, "time": MeetingSchedule, "place": Place}
ORDER = ("place", "group", "time", "topic")  # a meeting time needs its place


@dataclass(frozen=True)
class Step:
    """`was` and `now` are rows of the history, None where it was not there; `row` is the last one of the change."""

    kind: str
    was: Any
    now: Any
    row: Any

    @property
    def changed(self) -> Iterator[Any]:
        """The columns that this changed, of those that say something. How a listing stands has verbs of its own."""
        for field in MODELS[self.kind]._meta.concrete_fields:
            if field.name in NEVER_RESTORED or (field.name in SHARING and not self._hides(field)):
                continue
            if self.now is None or getattr(self.was, field.attname) != getattr(self.now, field.attname):
                yield field

    def would_change(self, group: Group) -> bool:
        """Whether taking it back makes a difference by now. That a page was made cannot be taken back."""
        if self.kind == "topic":
            if (self.was is None) is (self.now is None):
                return False  # it came and went at once
            known = Topic.objects.filter(pk=self.row.topic_id)
            return known.exists() and known.filter(groups=group).exists() is (self.now is not None)
        if self.kind not in MODELS or (self.was is None and self.kind != "time"):
            return False
        today = self._today()
        if self.was is None or self.now is None or today is None:
            return (today is None) is (self.now is None) and (self.was is None or self.now is None)
        return any(getattr(today, field.attname) != getattr(self.was, field.attname) for field in self.changed)

    def take_back(self, group: Group) -> None:
        """Write what was said before. `group` is locked, and saved by the caller."""
        if self.kind == "topic":
            (group.topics.add if self.now is None else group.topics.remove)(self.row.topic_id)
            return
        today: Any = group if self.kind == "group" else self._today()
        if self.was is None:
            today.delete()
            return
        row: Any = today or as_it_went(MODELS[self.kind], self.was.pgh_obj_id)
        for field in self.changed:
            setattr(row, field.attname, still_there(field, getattr(self.was, field.attname)))
        if self.kind == "time":
            row.group = group
            row.sequence = max(row.sequence, self.was.sequence) + 1  # else calendars keep what they have
        if row is not group:
            row.save()
        if self.kind == "place":
            row.tell()

    def _hides(self, field: Any) -> bool:
        """Whether taking it back shows no more to anybody: what was hidden since is not shown by this."""
        shown = [choice for choice, _label in field.choices]  # from the most public one down
        was, now = (shown.index(getattr(row, field.name)) for row in (self.was, self.now or self.was))
        return was > now

    def _today(self) -> Any:
        return MODELS[self.kind].objects.filter(pk=self.row.pgh_obj_id).first()


def as_it_went(model: Any, pk: int) -> Any:
    """A row that was deleted, as its last event has it."""
    last = model.pgh_event_model.objects.filter(pgh_obj_id=pk).order_by("pgh_id").last()
    if last is None:
        return None
    names = [field.attname for field in model._meta.concrete_fields if field.name not in NEVER_RESTORED]
    return model(pk=pk, **{name: getattr(last, name) for name in names})


def still_there(field: Any, value: Any) -> Any:
    """What a row points at: a place that was deleted comes back, for anything else it is None."""
    if not field.is_relation or value is None or field.related_model._base_manager.filter(pk=value).exists():
        return value
    gone = as_it_went(field.related_model, value) if field.name == "place" else None
    if gone is None:
        return None
    gone.save()
    return value
