from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MutualAidConfig(AppConfig):
    name = "mutualaid"
    verbose_name = _("Mutual aid")

    def ready(self) -> None:
        from mindspace import examples, sealed  # noqa: PLC0415 - models are there only now
        from mindspace.accounts import giving, leaving, resting  # noqa: PLC0415
        from mindspace.moderation import queue  # noqa: PLC0415
        from mutualaid import examples as ours  # noqa: PLC0415
        from mutualaid import holding, waiting  # noqa: PLC0415
        from mutualaid.categories import CHOICES  # noqa: PLC0415

        examples.register(examples.Examples("mutualaid", ours.load, ours.remove, ours.present))
        giving.hand_in_kinds(CHOICES)
        leaving.register("mutualaid", holding.export, holding.delete)
        resting.register("mutualaid", holding.rest)
        sealed.register("mutualaid.HeldPost", "sealed_email")
        for kind in waiting.KINDS:
            queue.register(kind)
