"""How every form looks: label above, help under it, the error beside its field and again in a summary at the top."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
