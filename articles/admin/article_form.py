"""The form of the desk copy. It knows which version it was opened on, so that no save runs over another."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _

from articles import body
from articles.admin.forms import refuse_too_much
from articles.editor import ProseEditor
from articles.models import Article, ArticleSlug
from articles.models.desk_copy import LIST_FIELDS, PLAIN_FIELDS
from articles.models.slug import RESERVED, normalize
from mindspace.once import OnceForm

# The site's own drawings that can stand at the head of an article.
DRAWINGS = [
    ("", _("None")),
    ("circle", _("People in a circle")),
    ("porch", _("A porch with a light")),
    ("bench", _("A bench")),
    ("door", _("An open door")),
    ("candle", _("A candle")),
]
# Which choices get an "add" button beside them. The other buttons Django offers lead away from the text.
CAN_ADD = {"hero": True, "topics": False, "related": False, "author": False}


class ArticleForm(OnceForm, forms.ModelForm):
    """`opened` is the version the writer started from; `conflict` is the newer text, if somebody saved one meanwhile.

    A conflict is settled by `choice`: "mine" saves what is typed, "theirs" goes back to the other text (what is typed
    is saved first, so that it stays among the earlier versions). `met` is the version that the writer was shown.
    """

    opened = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)
    met = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)
    choice = forms.ChoiceField(
        required=False, choices=[("", ""), ("mine", ""), ("theirs", "")], widget=forms.HiddenInput
    )

    drawing = forms.ChoiceField(label=_("Drawing at the top"), choices=DRAWINGS, required=False)

    class Meta:
        model = Article
        fields = ["title", "dek", "body", "slug", "language", "author", "hero", "drawing", "drawing_alt"]
        fields += ["topics", "related", "reviewed_on"]
        widgets = {
            "title": forms.TextInput(attrs={"class": "desk-title"}),
            "dek": forms.Textarea(attrs={"rows": 2, "class": "desk-dek"}),
            "body": ProseEditor(attrs={"rows": 24}),
            "topics": forms.CheckboxSelectMultiple,
            "reviewed_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.conflict: Article | None = None
        self.fields["opened"].initial = self.instance.version if self.instance.pk else 0
        self.fields["slug"].required = False
        self.fields["slug"].help_text = _("The end of the page's address. Leave it empty to make one from the title.")
        self.fields["author"].queryset = get_user_model().objects.filter(is_staff=True)  # type: ignore[attr-defined]
        self.fields["author"].required = False
        for name, can_add in CAN_ADD.items():
            beside: Any = self.fields[name].widget
            beside.can_add_related = can_add and getattr(beside, "can_add_related", False)
            beside.can_change_related = beside.can_delete_related = beside.can_view_related = False

    def clean_slug(self) -> str:
        slug = normalize(self.cleaned_data["slug"])
        if slug in RESERVED:
            raise forms.ValidationError(_("The site needs this address for itself. Choose another."))
        taken = ArticleSlug.objects.filter(slug=slug).exclude(article=self.instance.pk)
        if self.key:  # a second click meets the address of the first
            taken = taken.exclude(article__in=Article.objects.filter(key=self.key))
        if slug and taken.exists():
            raise forms.ValidationError(_("Another article has, or had, this address. Choose another."))
        return slug

    def clean_body(self) -> str:
        refuse_too_much(self.cleaned_data["body"])
        return str(self.cleaned_data["body"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.instance.pk:
            saved = Article.objects.get(pk=self.instance.pk)
            settled = cleaned.get("choice") and cleaned.get("met") == saved.version
            if cleaned.get("opened") != saved.version and not settled:
                self.conflict = saved
                self.add_error(
                    None, _("Somebody else saved this article while you were writing. See both texts below.")
                )
        return cleaned

    @property
    def base_version(self) -> int:
        """The version that this save may replace: the one started from, or the one met and decided about."""
        return int((self.cleaned_data["met"] if self.cleaned_data.get("choice") else self.cleaned_data["opened"]) or 0)

    def typed_source(self) -> dict[str, Any]:
        """What is typed, in the shape of `Article.source()`, to be compared with what is saved."""
        typed = {name: value for name, value in self.changes().items() if isinstance(value, str)}
        typed["body"] = body.clean(typed.get("body", ""))
        lists = {
            name: sorted(row.pk for row in self.cleaned_data[name]) for name in LIST_FIELDS if name in self.cleaned_data
        }
        return {**(self.conflict.source() if self.conflict else {}), **typed, **lists}

    def changes(self) -> dict[str, Any]:
        """What the form says, as `Article.save_desk` takes it."""
        return {name: self.cleaned_data[name] for name in (*PLAIN_FIELDS, *LIST_FIELDS) if name in self.cleaned_data}
