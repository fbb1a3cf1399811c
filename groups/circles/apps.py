from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CirclesConfig(AppConfig):
    name = "groups.circles"
    label = "circles"
    verbose_name = _("Circles")

    def ready(self) -> None:
        from groups.circles import examples as ours  # noqa: PLC0415 - models are there only now
        from groups.circles import holding, kinds, near  # noqa: PLC0415
        from groups.circles import my as own  # noqa: PLC0415
        from mindspace import examples  # noqa: PLC0415
        from mindspace.accounts import leaving, my  # noqa: PLC0415
        from mindspace.moderation import conflicts  # noqa: PLC0415
        from mindspace.notifications import kinds as notification_kinds  # noqa: PLC0415

        examples.register(examples.Examples("circles", ours.load, ours.remove, ours.present))
        leaving.register("circles", holding.export, holding.delete)
        my.register(own.CIRCLES)
        conflicts.register(near.near)
        notification_kinds.register(kinds.NEWS)
