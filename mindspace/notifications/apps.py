from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "mindspace.notifications"
    label = "notifications"
    verbose_name = _("Notifications")

    def ready(self) -> None:
        from mindspace.accounts import leaving, my  # noqa: PLC0415 - models are there only now
        from mindspace.notifications import holding, section  # noqa: PLC0415

        leaving.register("notifications", holding.export, holding.delete)
        my.register(section.NEWS)
