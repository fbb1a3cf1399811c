from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ModerationConfig(AppConfig):
    name = "mindspace.moderation"
    label = "moderation"
    verbose_name = _("Moderation")

    def ready(self) -> None:
        from mindspace import sealed  # noqa: PLC0415 - models are there only now
        from mindspace.accounts import keeping_out, leaving, my  # noqa: PLC0415
        from mindspace.accounts.models import when_vouched  # noqa: PLC0415
        from mindspace.moderation import holding, queue, standing, vouching, waiting  # noqa: PLC0415
        from mindspace.moderation import keeping_out as bans  # noqa: PLC0415
        from mindspace.moderation.models import Sanction, VouchRequest, can_be_overturned  # noqa: PLC0415
        from mindspace.notifications import kinds  # noqa: PLC0415

        leaving.register("moderation", holding.export, holding.delete)
        leaving.register("vouching", vouching.export, vouching.delete)
        for model in ("VouchRequest", "PersonReport", "Sanction", "Appeal"):
            sealed.register(f"moderation.{model}", "sealed_email")
        keeping_out.hand_in(bans.RULES)
        my.register(standing.SECTION)
        when_vouched(VouchRequest.objects.settle_vouched)
        can_be_overturned(Sanction, standing.lift, standing.page, standing.desk)
        for kind in waiting.KINDS:
            queue.register(kind)
        kinds.register(waiting.TOLD)
