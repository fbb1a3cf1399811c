"""Where the directory takes from: sources, the import of a file or a feed, and what became of each."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from groups.admin.desk import staff
from groups.imports import uploads
from groups.models import Source
from mindspace.admin.once import OnceModelAdmin
from mindspace.once import OnceForm, OnceModelForm, once

MAY_IMPORT = "groups.change_importrun"
MEGABYTE = 1024 * 1024


class SourceForm(OnceModelForm):
    url = forms.URLField(
        label=gettext_lazy("Web address of the feed"), required=False, max_length=500, assume_scheme="https"
    )


class ImportForm(OnceForm):
    """A file, or nothing: then it is the feed."""

    file = forms.FileField(label=gettext_lazy("File"), required=False)

    def __init__(self, *args: Any, source: Source, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.source = source
        most = uploads.MOST_BYTES // MEGABYTE
        self.fields["file"].help_text = _("Up to %d MB. For larger ones there is manage.py import_groups.") % most
        if source.url:
            self.fields["file"].help_text += " " + _("Leave it out to fetch %s now.") % source.url

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file is None and not self.source.url:
            raise forms.ValidationError(_("Choose a file, or give the source a web address."))
        if file is not None and file.size > uploads.MOST_BYTES:
            raise forms.ValidationError(_("This file is too large to be sent here."))
        return file


@admin.register(Source)
class SourceAdmin(OnceModelAdmin):
    form = SourceForm
    list_display = ["name", "format", "vouches_for", "listings", "applied_at", "import_link"]
    search_fields = ["name", "vouches_for"]
    filter_horizontal = ["topics"]
    fieldsets = [
        (None, {"fields": ["name", "format", "url", "vouches_for"]}),
        (
            gettext_lazy("Its groups"),
            {
                "fields": ["kind", "topics"],
                "description": gettext_lazy("What all of its groups are, as its rows often do not say."),
            },
        ),
    ]

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(require_http_methods(["GET", "HEAD", "POST"])(self.import_page))
        return [path("<int:source_id>/import/", page, name="groups_source_import"), *super().get_urls()]

    @admin.display(description=gettext_lazy("listings"))
    def listings(self, source: Source) -> int:
        return source.origins.count()

    @admin.display(description=gettext_lazy("import"))
    def import_link(self, source: Source) -> SafeString:
        address = reverse("admin:groups_source_import", args=[source.pk])
        return format_html('<a href="{}">{}</a>', address, _("Import now"))

    def import_page(self, request: HttpRequest, source_id: int) -> HttpResponse:
        """Check a file. Nothing in the directory changes by it: that takes another step, on the page of the run."""
        if not request.user.has_perm(MAY_IMPORT):
            raise PermissionDenied
        source = get_object_or_404(Source, pk=source_id)
        sent = request.method == "POST"
        form = ImportForm(request.POST if sent else None, request.FILES if sent else None, source=source)
        if sent and form.is_valid():
            file = form.cleaned_data["file"]
            by, key = staff(request), form.key
            run = once(source.runs, key, lambda: uploads.take(source, file, by=by, key=key))
            if run.is_on_its_way:
                messages.info(request, _("The feed is being fetched. Open this page again in a minute."))
            return redirect("admin:groups_importrun_change", run.pk)
        context = {**self.admin_site.each_context(request), "form": form, "source": source, "title": _("Import")}
        return TemplateResponse(request, "admin/groups/import.html", context, status=400 if sent else 200)
