from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from groups import errors, indexing
from groups.admin.desk import STAFF, Recorded, staff
from groups.admin.group_fieldsets import FIELDSETS
from groups.admin.group_form import GroupForm
from groups.admin.lists import ModalityFilter, StateFilter, standing
from groups.admin.schedule import ScheduleInline
from groups.models import Group
from mindspace.admin.once import OnceAdmin


def act_on(request: HttpRequest, groups: Any, act: Callable[[Group], None], done: str) -> None:
    """Do it with each; say how many (`done` is counted), and why not with the others."""
    count = 0
    for group in groups.order_by("pk"):
        try:
            act(group)
            count += 1
        except errors.GroupError as error:
            messages.warning(request, f"{group}: {error}")
    if count:
        messages.success(request, f"{done} {ngettext('%(n)d group.', '%(n)d groups.', count) % {'n': count}}")


@admin.action(description=gettext_lazy("I have checked these today: list them"), permissions=["change"])
def list_checked(modeladmin: Any, request: HttpRequest, queryset: Any) -> None:
    act_on(request, queryset, lambda group: group.list_(STAFF, staff(request)), _("Listed:"))


@admin.action(description=gettext_lazy("I have checked these today: note it"), permissions=["change"])
def mark_checked(modeladmin: Any, request: HttpRequest, queryset: Any) -> None:
    act_on(request, queryset, lambda group: group.confirm(STAFF, staff(request)), _("Marked as checked today:"))


@admin.action(description=gettext_lazy("Pause them"), permissions=["change"])
def pause(modeladmin: Any, request: HttpRequest, queryset: Any) -> None:
    act_on(request, queryset, lambda group: group.pause(STAFF, staff(request)), _("Paused:"))


@admin.action(description=gettext_lazy("End the pause"), permissions=["change"])
def resume(modeladmin: Any, request: HttpRequest, queryset: Any) -> None:
    act_on(request, queryset, lambda group: group.resume(STAFF, staff(request)), _("Meeting again:"))


@admin.action(description=gettext_lazy("Close them: these groups are no more"), permissions=["change"])
def close(modeladmin: Any, request: HttpRequest, queryset: Any) -> None:
    act_on(request, queryset, lambda group: group.close(STAFF, staff(request)), _("Closed:"))


@admin.register(Group)
class GroupAdmin(Recorded, OnceAdmin):
    """The list of listings and the page of one. Every save is a verb of the model."""

    form = GroupForm
    fieldsets = FIELDSETS
    inlines = [ScheduleInline]
    actions = [list_checked, mark_checked, pause, resume, close]
    list_display = ["name", "kind", "stands", "confirmed_at", "organization"]
    list_filter = [StateFilter, "kind", ModalityFilter, ("topics", admin.RelatedOnlyFieldListFilter), "is_example"]
    list_select_related = ["organization"]
    list_per_page = 50
    search_fields = ["name", "slug", "summary", "organization__name", "schedules__place__city"]
    search_help_text = gettext_lazy("Searches names, texts, organizations and towns.")
    ordering = ["name", "pk"]
    autocomplete_fields = ["organization"]
    readonly_fields = ["stands_now", "last_checked"]

    class Media:
        css = {"all": ["css/admin-groups.css"]}

    @admin.display(description=gettext_lazy("where it stands"))
    def stands(self, group: Group) -> str:
        return standing(group, timezone.now())

    @admin.display(description=gettext_lazy("Now"))
    def stands_now(self, group: Group) -> str:
        return standing(group, timezone.now()) if group.pk else _("Not saved yet. Nobody sees it.")

    @admin.display(description=gettext_lazy("Last checked"))
    def last_checked(self, group: Group) -> str:
        if group.confirmed_at is None:
            return _("Never")
        day = date_format(timezone.localtime(group.confirmed_at), "F j, Y")
        return _("%(day)s, by %(who)s") % {"day": day, "who": group.get_confirmed_by_display()}

    # -- Saving ----------------------------------------------------------------------------------

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Somebody may be faster by a hair: then nothing was written, and the form, asked again, says what happened."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except errors.ListingChanged:
            return super().changeform_view(request, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Group, form: Any, change: bool) -> None:
        if change:
            if form.has_changed():
                form.write(staff(request))
            return
        made = form.start()
        form.is_first = made is obj
        if not form.is_first:
            obj.pk = made.pk
            obj.refresh_from_db()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        if not (change or form.is_first):
            for formset in formsets:  # the second click: all of it is there
                formset.new_objects = formset.changed_objects = formset.deleted_objects = ()
            return
        super().save_related(request, form, formsets, change)
        group: Group = form.instance
        if change and not form.has_changed() and any(formset.has_changed() for formset in formsets):
            group.revise(form.cleaned_data["opened"], STAFF, staff(request))
        try:
            form.take_step(staff(request))
        except errors.GroupError as error:
            messages.error(request, str(error))
        indexing.refresh([group.pk])
