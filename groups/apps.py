from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GroupsConfig(AppConfig):
    name = "groups"
    verbose_name = _("Support groups")

    def ready(self) -> None:
        from groups import examples as ours  # noqa: PLC0415 - models are there only now
        from groups import living, today, waiting  # noqa: PLC0415
        from groups.models.group import SPOKEN  # noqa: PLC0415
        from mindspace import examples, sealed  # noqa: PLC0415
        from mindspace.accounts import giving, leaving, places  # noqa: PLC0415
        from mindspace.admin import today as first_page  # noqa: PLC0415
        from mindspace.moderation import queue  # noqa: PLC0415

        examples.register(examples.Examples("groups", ours.load, ours.remove, ours.present))
        places.hand_in(living.place)
        giving.hand_in_languages(SPOKEN.items())
        leaving.register("groups", living.export, living.delete)
        for kind in waiting.KINDS:
            queue.register(kind)
        for item in (waiting.QUEUE, *today.ITEMS):
            first_page.register(item)
        for model, column in (("Group", "sealed_email"), ("MeetingSchedule", "sealed_secret")):
            sealed.register(f"groups.{model}", column)
            sealed.register(f"groups.{model}Event", column)  # what the history keeps of it
        for model in ("Organizer", "Suggestion", "Claim", "GroupReport"):
            sealed.register(f"groups.{model}", "sealed_email")
