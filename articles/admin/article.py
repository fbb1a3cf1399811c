from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from articles import difference, errors
from articles.admin import urls
from articles.admin.article_form import ArticleForm
from articles.admin.desk import Desk, staff
from articles.admin.lists import StateFilter, standing, with_standing
from articles.models import Article
from mindspace.admin.once import OnceAdmin

SAVED = _("Saved. Readers see it once it is published.")


@admin.register(Article)
class ArticleAdmin(OnceAdmin):
    """The list of articles and the page that one is written on. Every save is a verb of the model."""

    form = ArticleForm
    change_form_template = "admin/articles/article_form.html"
    list_display = ["title", "stands", "author", "updated_at"]
    list_filter = [
        StateFilter,
        ("topics", admin.RelatedOnlyFieldListFilter),
        ("author", admin.RelatedOnlyFieldListFilter),
    ]
    list_select_related = ["author"]
    list_per_page = 50
    search_fields = ["title", "dek", "slug", "body"]
    search_help_text = _("Searches titles, summaries and texts.")
    ordering = ["-updated_at"]
    autocomplete_fields = ["hero", "related"]
    fieldsets = [
        (None, {"fields": ["title", "dek", "body", "opened", "form_key"]}),
        (_("Topics"), {"fields": ["topics"], "description": _("Readers find the article by them.")}),
        (
            _("Picture at the top"),
            {
                "fields": ["hero", "drawing", "drawing_alt"],
                "description": _(
                    "A photograph, or the name of one of the site's own drawings. You can leave both out."
                ),
            },
        ),
        (
            _("Facts"),
            {
                "fields": ["reviewed_on", "author"],
                "description": _("The day somebody last checked that every fact and number is right. Readers see it."),
            },
        ),
        (
            _("Address and more"),
            {"fields": ["slug", "related", "language"], "description": _("You can leave these as they are.")},
        ),
    ]

    class Media:
        css = {"all": ["css/admin-desk.css"]}

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"author": request.user.pk, **super().get_changeform_initial_data(request)}

    def get_queryset(self, request: HttpRequest) -> Any:
        return with_standing(super().get_queryset(request))

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        """Who may read but not write gets the page for reading."""
        is_number = object_id.isascii() and object_id.isdigit()  # "²" is a digit, too, and no id
        if is_number and self.has_view_permission(request) and not self.has_change_permission(request):
            return HttpResponseRedirect(reverse("admin:articles_article_review", args=[object_id]))
        return super().change_view(request, object_id, *args, **kwargs)

    def get_urls(self) -> list[URLPattern]:
        return [*urls.desk_urls(self.admin_site), *super().get_urls()]

    @admin.display(description=_("where it stands"))
    def stands(self, article: Article) -> str:
        return format_html_join("", '<span class="standing">{}</span> ', ((words,) for words in standing(article)))

    # -- Saving ----------------------------------------------------------------------------------

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Somebody may be faster by a hair: then nothing was written, and the form, asked again, says what happened."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except (errors.EditConflict, errors.SlugRefused):
            return super().changeform_view(request, *args, **kwargs)

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Article:
        article: Article = form.instance
        return article

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: bool) -> None:
        if not change:
            obj.pk = Article.objects.start(staff(request), key=form.key, **form.changes()).pk
            obj.refresh_from_db()
            messages.success(request, SAVED)
            return
        theirs = Article.objects.get(pk=obj.pk).source()
        obj.save_desk(staff(request), form.base_version, **form.changes())
        if form.cleaned_data["choice"] == "theirs":
            obj.save_desk(staff(request), obj.version, **obj.changes_from(theirs))
            messages.success(request, _("The other text stands. What you wrote is kept under “Earlier versions”."))
        else:
            messages.success(request, SAVED)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Nothing is left to do: the desk copy saves its topics with its text."""

    # -- The page --------------------------------------------------------------------------------

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context["show_save_and_add_another"] = context["show_save_and_continue"] = False
        if context.get("original"):
            context["desk"] = Desk.of(context["original"], request.user)
        form = context["adminform"].form
        if form.is_bound and form.conflict:
            changes = difference.between(form.conflict.source(), form.typed_source())
            context |= {
                "conflict": form.conflict,
                "conflict_edit": form.conflict.edits.first(),
                "conflict_changes": changes,
            }
        return super().render_change_form(request, context, *args, **kwargs)

    def response_add(self, request: HttpRequest, obj: Article, post_url_continue: str | None = None) -> HttpResponse:
        return self._stay(obj)

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        return self._stay(obj)

    def _stay(self, article: Article) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))
