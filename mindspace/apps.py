from django.apps import AppConfig


class MindSpaceConfig(AppConfig):
    name = "mindspace"

    def ready(self) -> None:
        from mindspace import waiting  # noqa: PLC0415 - models are there only now
        from mindspace.admin import today  # noqa: PLC0415

        today.register(waiting.HELP_LINES)
        today.register(waiting.MAIL)
