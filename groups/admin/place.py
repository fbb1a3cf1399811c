from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from groups.admin.desk import Recorded
from groups.admin.place_form import PlaceForm
from groups.models import Place
from mindspace.admin.once import OnceAdmin
from mindspace.once import once


@admin.register(Place)
class PlaceAdmin(Recorded, OnceAdmin):
    form = PlaceForm
    list_display = ["staff_label", "publicity", "precision", "used"]
    list_filter = ["publicity", "precision", "state"]
    search_fields = ["name", "street", "city", "postal_code"]
    search_help_text = _("Searches names, streets, towns and ZIP codes.")
    ordering = ["state", "city", "street", "pk"]
    fieldsets = [
        (None, {"fields": ["name", "street", ("city", "state", "postal_code"), "hint", "form_key"]}),
        (
            _("What everybody may see"),
            {
                "fields": ["publicity"],
                "description": _(
                    "“Only the area” shows a patch of about a mile on the map, and the town. “Only the town” is not on "
                    "the map. The address is then given only to people who get in touch."
                ),
            },
        ),
        (
            _("On the map"),
            {
                "fields": [("latitude", "longitude"), "precision", "zone"],
                "description": _("Leave them empty: we find them from the ZIP code or the town."),
            },
        ),
    ]

    @admin.display(description=_("place"))
    def staff_label(self, place: Place) -> str:
        return place.staff_label

    @admin.display(description=_("meeting times"))
    def used(self, place: Any) -> int:
        return int(place.times)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Place]:
        return super().get_queryset(request).annotate(times=models.Count("schedules"))

    def save_model(self, request: HttpRequest, obj: Place, form: Any, change: bool) -> None:
        if not change:
            obj.pk = once(Place.objects, form.key, lambda: _made(obj, form.key)).pk
            return
        super().save_model(request, obj, form, change)
        obj.tell()


def _made(place: Place, key: Any) -> Place:
    place.key = key
    place.save()
    return place
