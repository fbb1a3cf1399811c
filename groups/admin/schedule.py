"""Meeting times: inside the form of a group, and each on a page of its own with the meetings held otherwise."""

from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.db.models import F
from django.forms import ModelChoiceField
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groups import indexing, rule_words
from groups.admin.desk import Recorded, staff
from groups.admin.schedule_form import ExceptionForm, ScheduleForm
from groups.models import Group, MeetingException, MeetingSchedule
from mindspace.site.hours import moment

ONLINE = gettext_lazy("For meetings online. The link is on the page for everybody, or given to those who get in touch.")
FIELDSETS: list[tuple[Any, Any]] = [
    (
        None,
        {"fields": ["in_words", "modality", "place", "rule", ("first_day", "until"), ("start", "duration"), "zone"]},
    ),
    (
        gettext_lazy("Joining online"),
        {
            "fields": [
                ("join_link", "join_sharing"),
                ("secret", "secret_sharing"),
                "forget_secret",
                "join_phone",
            ],
            "description": ONLINE,
            "classes": ["collapse"],
        },
    ),
    (gettext_lazy("Note"), {"fields": ["note"], "classes": ["collapse"]}),
]


class SchedulePages(admin.options.BaseModelAdmin):
    """What the inline and the page share."""

    autocomplete_fields = ["place"]
    readonly_fields = ["in_words"]
    fieldsets = FIELDSETS

    @admin.display(description=gettext_lazy("In words"))
    def in_words(self, schedule: MeetingSchedule) -> str:
        """The rule as it is saved, with the next days, so that a slip shows."""
        if not schedule.pk:
            return _("You see it here once it is saved.")
        now = timezone.now()
        days = [moment(m.wall, "D, M j, Y") for m in schedule.meetings(now, now + timedelta(days=200))[:3]]
        words = rule_words.in_words(schedule.rule, schedule.first_day)
        following = _("Next: %s") % "; ".join(days) if days else _("No meeting within half a year.")
        page = reverse("admin:groups_meetingschedule_change", args=[schedule.pk])
        return format_html('{}. {} <a href="{}">{}</a>', words, following, page, _("Cancel or move single meetings"))

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> ModelChoiceField | None:
        field: Any = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "place" and field is not None:
            field.label_from_instance = lambda place: place.staff_label
        return field


class ScheduleInline(SchedulePages, admin.StackedInline):
    model = MeetingSchedule
    form = ScheduleForm

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        return 0 if obj else 1


class ExceptionInline(admin.TabularInline):
    model = MeetingException
    form = ExceptionForm
    extra = 1
    verbose_name_plural = gettext_lazy("Single meetings that are not held, or moved")


@admin.register(MeetingSchedule)
class ScheduleAdmin(Recorded, SchedulePages, admin.ModelAdmin):
    """Reached from the group; it is added there, too."""

    form = ScheduleForm
    inlines = [ExceptionInline]
    list_display = ["group", "in_words"]
    list_select_related = ["group"]
    search_fields = ["group__name"]

    def get_model_perms(self, request: HttpRequest) -> dict[str, bool]:
        return {}  # no line of its own on the first page

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        for formset in formsets:
            for row in formset.save(commit=False):
                row.made_by = row.made_by or staff(request)
        super().save_related(request, form, formsets, change)
        if not form.has_changed() and any(formset.has_changed() for formset in formsets):
            MeetingSchedule.objects.filter(pk=form.instance.pk).update(sequence=F("sequence") + 1)
        Group.objects.filter(pk=form.instance.group_id).update(updated_at=timezone.now())
        indexing.refresh([form.instance.group_id])
