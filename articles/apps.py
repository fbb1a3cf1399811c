from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = _("Writing and resources")

    def ready(self) -> None:
        from articles.today import ITEMS  # noqa: PLC0415 - models are there only now
        from mindspace.admin import today  # noqa: PLC0415

        for item in ITEMS:
            today.register(item)
