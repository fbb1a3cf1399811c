from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import URLPattern
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from articles.admin import urls
from articles.admin.picture_pages import narrowest
from articles.models import Picture
from mindspace.admin.once import OnceAdmin
from mindspace.once import OnceForm


class NewPictureForm(OnceForm, forms.ModelForm):
    """A file with its words. The file is checked and re-encoded here, so that what is wrong shows beside it."""

    file = forms.FileField(label=_("File"), help_text=_("JPEG, PNG, WebP or AVIF, up to 15 MB."))

    class Meta:
        model = Picture
        fields = ["alt", "decorative", "credit", "language"]

    def _post_clean(self) -> None:
        """Keep the picture once its words are right: only re-encoding it tells whether the file is any good."""
        super()._post_clean()  # type: ignore[misc]
        if not self.errors:
            try:
                self.instance = Picture.objects.upload(key=self.key, **self.said)
            except ValidationError as error:
                self.add_error("file", error)


@admin.register(Picture)
class PictureAdmin(OnceAdmin):
    list_display = ["thumbnail", "alt", "credit", "uploaded_at"]
    list_display_links = ["thumbnail", "alt"]
    list_filter = ["decorative", "uploaded_at"]
    search_fields = ["alt", "credit"]
    readonly_fields = ["thumbnail"]

    def get_urls(self) -> list[URLPattern]:
        return [*urls.picture_urls(self.admin_site), *super().get_urls()]

    def get_fieldsets(self, request: HttpRequest, obj: Picture | None = None) -> Any:
        words = _("People who cannot see the picture hear the alternative text. It may not be a file name.")
        first = ["thumbnail"] if obj else ["file", "form_key"]
        return [(None, {"fields": [*first, "alt", "decorative", "credit", "language"], "description": words})]

    def get_form(self, request: HttpRequest, obj: Picture | None = None, change: bool = False, **kwargs: Any) -> Any:
        return super().get_form(request, obj, change, **kwargs if change else {**kwargs, "form": NewPictureForm})

    def save_model(self, request: HttpRequest, obj: Picture, form: Any, change: bool) -> None:
        if not change:
            obj.uploaded_by = request.user  # type: ignore[assignment]
        super().save_model(request, obj, form, change)

    @admin.display(description=_("picture"))
    def thumbnail(self, picture: Picture) -> SafeString:
        first = picture.renditions[0]
        height = round(160 * first["height"] / first["width"])
        return format_html('<img src="{}" alt="" width="160" height="{}" loading="lazy">', narrowest(picture), height)
