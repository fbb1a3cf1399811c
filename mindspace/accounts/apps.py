from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "mindspace.accounts"
    label = "accounts"
    verbose_name = _("People")

    def ready(self) -> None:
        from mindspace import examples, sealed  # noqa: PLC0415 - models are there only now
        from mindspace.accounts import examples as ours  # noqa: PLC0415
        from mindspace.accounts import holding, leaving, my, section  # noqa: PLC0415

        examples.register(examples.Examples("accounts", ours.load, ours.remove, ours.present))
        sealed.register("accounts.ContactDetail", "sealed_value")
        my.register(section.YOU)
        leaving.register("account", holding.export, holding.delete)
