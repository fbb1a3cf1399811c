from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groups import indexing
from groups.admin.desk import Recorded
from groups.models import Organization
from mindspace.admin.once import OnceAdmin
from mindspace.control_characters import CleanForm
from mindspace.once import OnceForm, once


class OrganizationForm(CleanForm, OnceForm, forms.ModelForm):
    website = forms.URLField(label=_("Web address"), required=False, max_length=500, assume_scheme="https")


@admin.register(Organization)
class OrganizationAdmin(Recorded, OnceAdmin):
    form = OrganizationForm
    list_display = ["name", "kind", "phone", "listings"]
    list_filter = ["kind"]
    search_fields = ["name", "summary"]
    fieldsets = [
        (None, {"fields": ["name", "kind", "summary", "form_key"]}),
        (
            _("How to reach it"),
            {
                "fields": ["phone", "website"],
                "description": _("Everybody sees these. Give only what the organization publishes itself."),
            },
        ),
        (_("More"), {"fields": ["language"]}),
    ]

    @admin.display(description=_("groups"))
    def listings(self, organization: Any) -> int:
        return int(organization.count)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Organization]:
        return super().get_queryset(request).annotate(count=models.Count("groups"))

    def save_model(self, request: HttpRequest, obj: Organization, form: Any, change: bool) -> None:
        if not change:
            obj.pk = once(Organization.objects, form.key, lambda: _made(obj, form.key)).pk
            return
        super().save_model(request, obj, form, change)
        obj.groups.update(updated_at=timezone.now())  # exports go by it
        indexing.refresh(obj.groups.values_list("pk", flat=True))


def _made(organization: Organization, key: Any) -> Organization:
    organization.key = key
    organization.save()
    return organization
