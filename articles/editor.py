"""The editor that an article's body is written in: a text box that the browser turns into a page to write on.

It is built on django-prose-editor's modules, but opened by our own (static/js/admin/prose/): those import each other by
address, so that the page needs no import map (an inline script), no inline style and no icon font.
"""

import uuid
from typing import Any

from django import forms
from django.forms.widgets import Script
from django.urls import reverse


class ProseEditor(forms.Textarea):
    """Renders `<prose-editor>` around a text box that holds the HTML. Without JavaScript the box is what is sent."""

    template_name = "admin/articles/prose_editor.html"

    class Media:
        css = {"all": ["css/admin-editor.css"]}
        js = [Script("js/admin/prose/element.js", type="module")]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["picture_url"] = reverse("admin:articles_picture_show", args=[0])
        context["widget"]["pictures_url"] = reverse("admin:articles_picture_shelf")
        context["widget"]["clean_url"] = reverse("admin:articles_article_clean")
        context["widget"]["upload_url"] = reverse("admin:articles_picture_upload")
        context["widget"]["upload_key"] = uuid.uuid4()  # one for the page: each picture and its words make it another
        return context
