from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MutualAidConfig(AppConfig):
    name = "mutualaid"
    verbose_name = _("Mutual aid")

    def ready(self) -> None:
        from mindspace import examples  # noqa: PLC0415 - models are there only now
        from mindspace.moderation import queue  # noqa: PLC0415
        from mutualaid import examples as ours  # noqa: PLC0415
        from mutualaid import waiting  # noqa: PLC0415

        examples.register(examples.Examples("mutualaid", ours.load, ours.remove, ours.present))
        for kind in waiting.KINDS:
            queue.register(kind)
