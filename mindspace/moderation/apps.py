from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ModerationConfig(AppConfig):
    name = "mindspace.moderation"
    label = "moderation"
    verbose_name = _("Moderation")

    def ready(self) -> None:
        from mindspace import sealed  # noqa: PLC0415 - models are there only now
        from mindspace.accounts import leaving  # noqa: PLC0415
        from mindspace.moderation import queue, vouching, waiting  # noqa: PLC0415

        queue.register(waiting.VOUCH)
        sealed.register("moderation.VouchRequest", "sealed_email")
        leaving.register("vouching", vouching.export, vouching.delete)
