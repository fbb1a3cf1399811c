from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GroupsConfig(AppConfig):
    name = "groups"
    verbose_name = _("Support groups")

    def ready(self) -> None:
        from groups import waiting  # noqa: PLC0415 - models are there only now
        from mindspace.admin import today  # noqa: PLC0415
        from mindspace.moderation import queue  # noqa: PLC0415

        for kind in waiting.KINDS:
            queue.register(kind)
        today.register(waiting.QUEUE)
