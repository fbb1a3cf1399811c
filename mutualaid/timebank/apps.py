from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TimeBankConfig(AppConfig):
    name = "mutualaid.timebank"
    label = "timebank"
    verbose_name = _("Time bank")

    def ready(self) -> None:
        from mindspace import examples  # noqa: PLC0415 - models are there only now
        from mindspace.accounts import leaving, my  # noqa: PLC0415
        from mutualaid import in_return  # noqa: PLC0415
        from mutualaid.timebank import examples as ours  # noqa: PLC0415
        from mutualaid.timebank import floor, holding  # noqa: PLC0415
        from mutualaid.timebank.lines import balance_said  # noqa: PLC0415
        from mutualaid.timebank.models import Transfer  # noqa: PLC0415
        from mutualaid.timebank.my import HOURS  # noqa: PLC0415

        in_return.register("timebank", in_return.Bank(Transfer.objects.settle, floor.allow, balance_said))
        leaving.register("timebank", holding.export, holding.delete)
        my.register(HOURS)
        examples.register(examples.Examples("timebank", ours.load, ours.remove, ours.present))
