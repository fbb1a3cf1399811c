from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GroupsConfig(AppConfig):
    name = "groups"
    verbose_name = _("Support groups")

    def ready(self) -> None:
        from groups.today import ITEMS  # noqa: PLC0415 - models are there only now
        from mindspace.admin import today  # noqa: PLC0415

        for item in ITEMS:
            today.register(item)
