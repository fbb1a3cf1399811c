"""One value of a listing as people say it, for whoever compares what was and what is."""

from datetime import date, datetime, time
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import BooleanField
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from groups.models.topic import Topic
from groups.rule_words import in_words
from mindspace.site import phones
from mindspace.site.hours import moment

OWN_LABELS = {
    "topics": gettext_lazy("Topics and audiences"),
    "rule": gettext_lazy("How often"),
    "first_day": gettext_lazy("Counts from"),
    "duration": gettext_lazy("How long"),
    "public_phone": gettext_lazy("Phone that everybody sees"),
    "public_email": gettext_lazy("E-mail that everybody sees"),
    "place_name": gettext_lazy("Name of the place"),
    "street": gettext_lazy("Street"),
    "where": gettext_lazy("Town and ZIP code"),
    "hint": gettext_lazy("How to find the room"),
}
DAYS = frozenset({"first_day", "until", "day", "moved_day"})
TIMES = frozenset({"start", "moved_time"})
PHONES = frozenset({"public_phone", "join_phone"})


def label_of(name: str, model: type[Any]) -> str:
    label = OWN_LABELS.get(name) or model._meta.get_field(name).verbose_name
    text = str(label)
    return text[:1].upper() + text[1:]


def in_words_of(name: str, value: Any, model: type[Any]) -> str:
    """A value, as JSON has it or as the database has it, in words; "" for nothing."""
    if name == "topics":
        return ", ".join(Topic.objects.filter(slug__in=value or []).values_list("name", flat=True))
    if name == "rule" and value is not None:
        return in_words(value, date.min) if value else _("Only once")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    field = _field(name, model)
    if value is None or value == "" or value == []:
        return _("not stated") if isinstance(field, BooleanField) and field.null else ""
    try:
        if words := _of_its_kind(name, value):
            return words
    except ValueError:  # what was written before there was a check
        return str(value)
    choices = dict(getattr(getattr(field, "base_field", field), "choices", None) or [])
    values = value if isinstance(value, list) else [value]
    return ", ".join(str(choices.get(each, each)) for each in values)


def _of_its_kind(name: str, value: Any) -> str:
    """Days, hours, phones and the like; "" for what is none of these."""
    from groups.results import time_word, zone_word  # noqa: PLC0415 - it reads the models, and those read this

    if isinstance(value, datetime):
        return moment(timezone.localtime(value), "F j, Y")
    if name in DAYS:
        return date_format(value if isinstance(value, date) else date.fromisoformat(value), "F j, Y")
    if name in TIMES:
        clock = value if isinstance(value, time) else time.fromisoformat(value)
        return time_word(datetime.combine(date(2000, 1, 1), clock))
    if name == "zone":
        return zone_word(value, timezone.now())
    if name == "duration":
        return ngettext("%(count)d minute", "%(count)d minutes", int(value)) % {"count": int(value)}
    return phones.spaced(value) if name in PHONES else ""


def _field(name: str, model: type[Any]) -> Any:
    try:
        return model._meta.get_field(name)
    except FieldDoesNotExist:  # of the place, or of several columns together
        return None
