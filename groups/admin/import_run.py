"""Runs of imports: what each would change, the step that does it, and the rows that wait for a look."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from groups import errors
from groups.admin.desk import staff
from groups.admin.source import MAY_IMPORT
from groups.imports import preview, staging
from groups.models import ImportRow, ImportRun
from mindspace.forms import LongLine

AT_ONCE = 500  # so many listings are written while somebody waits; more are the worker's
SHOWN = 20


class ReleaseForm(forms.Form):
    """Why a held run is done all the same. One that is not held needs no reason."""

    reason = LongLine(label=gettext_lazy("Why this is right although it changes so much"), max_length=300)

    def __init__(self, *args: Any, run: ImportRun, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if run.status != ImportRun.Status.HELD:
            del self.fields["reason"]


class ReadOnlyAdmin(admin.ModelAdmin):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(ImportRun)
class ImportRunAdmin(ReadOnlyAdmin):
    list_display = ["started_at", "source", "status", "added", "changed", "unchanged", "aside", "refused", "missing"]
    list_filter = ["status", "source"]
    list_select_related = ["source"]
    ordering = ["-started_at", "-pk"]

    def get_urls(self) -> list[URLPattern]:
        def step(name: str, view: Any) -> URLPattern:
            page = self.admin_site.admin_view(require_POST(view))
            return path(f"<int:run_id>/{name}/", page, name=f"groups_importrun_{name}")

        return [step("apply", self.apply), step("drop", self.drop), *super().get_urls()]

    def change_view(  # a page of our own: there is nothing to type
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        return require_safe(self._see)(request, object_id)

    def _see(self, request: HttpRequest, object_id: str) -> HttpResponse:
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        run = get_object_or_404(
            ImportRun.objects.select_related("source", "by"), pk=object_id if object_id.isdecimal() else 0
        )
        return self._page(request, run, ReleaseForm(run=run))

    def _page(self, request: HttpRequest, run: ImportRun, form: ReleaseForm) -> HttpResponse:
        rows = run.rows.select_related("run")
        waits = run.can_be_applied
        changed = rows.filter(outcome=ImportRow.Outcome.CHANGED)[:SHOWN]
        context = {
            **self.admin_site.each_context(request),
            "title": str(run.source),
            "run": run,
            "form": form,
            "aside": rows.filter(outcome=ImportRow.Outcome.ASIDE)[:SHOWN],
            "refused": rows.filter(outcome=ImportRow.Outcome.REFUSED)[:SHOWN],
            "added": [(row, preview.in_a_line(row)) for row in rows.filter(outcome="added")[:SHOWN]] if waits else [],
            "changed": [(row, preview.parts_of(row)) for row in changed] if waits else [],
            "gone": staging.missing(run).select_related("group")[:SHOWN] if waits else [],
            "may_apply": waits and request.user.has_perm(MAY_IMPORT),
        }
        return TemplateResponse(request, "admin/groups/run.html", context, status=400 if form.errors else 200)

    def apply(self, request: HttpRequest, run_id: int) -> HttpResponse:
        run = self._run(request, run_id)
        form = ReleaseForm(request.POST, run=run)
        if not form.is_valid():
            return self._page(request, run, form)
        reason = form.cleaned_data.get("reason", "")
        try:
            if run.added + run.changed + run.missing > AT_ONCE:
                run.queue(staff(request), reason)
                messages.info(request, _("This is much. It is being done in the background: look again in a minute."))
            else:
                run.apply(staff(request), reason)
                messages.success(request, _("Done. The directory is up to date with this file."))
        except errors.GroupError as error:
            messages.error(request, str(error))
        return redirect("admin:groups_importrun_change", run.pk)

    def drop(self, request: HttpRequest, run_id: int) -> HttpResponse:
        run = self._run(request, run_id)
        try:
            run.drop()
            messages.success(request, _("Taken back. Nothing was changed."))
        except errors.GroupError as error:
            messages.error(request, str(error))
        return redirect("admin:groups_importrun_change", run.pk)

    def _run(self, request: HttpRequest, run_id: int) -> ImportRun:
        if not request.user.has_perm(MAY_IMPORT):
            raise PermissionDenied
        return get_object_or_404(ImportRun.objects.select_related("source"), pk=run_id)


@admin.register(ImportRow)
class ImportRowAdmin(ReadOnlyAdmin):
    list_display = ["shown", "outcome", "reason", "run"]
    list_filter = ["outcome", "run__source"]
    list_select_related = ["run__source"]
    search_fields = ["name", "external_id", "reason"]
    fields: ClassVar[list[Any]] = ["run", "outcome", "reason", "external_id", "name", "says"]
    readonly_fields = fields
    ordering = ["-pk"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=gettext_lazy("row"))
    def shown(self, row: ImportRow) -> str:
        return str(row)

    @admin.display(description=gettext_lazy("what it says"))
    def says(self, row: ImportRow) -> SafeString:
        lines = format_html_join("", "<dt>{}</dt><dd>{}</dd>", (row.raw or {}).items())
        return format_html("<dl>{}</dl>", lines)
