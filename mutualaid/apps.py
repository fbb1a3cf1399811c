from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MutualAidConfig(AppConfig):
    name = "mutualaid"
    verbose_name = _("Mutual aid")

    def ready(self) -> None:
        from groups.circles import around  # noqa: PLC0415 - models are there only now
        from mindspace import examples, sealed  # noqa: PLC0415
        from mindspace.accounts import calls, giving, leaving, my, parting, resting  # noqa: PLC0415
        from mindspace.admin import today as first_page  # noqa: PLC0415
        from mindspace.moderation import queue, risk_words  # noqa: PLC0415
        from mindspace.moderation.models import can_be_overturned  # noqa: PLC0415
        from mindspace.notifications import kinds as notification_kinds  # noqa: PLC0415
        from mutualaid import (  # noqa: PLC0415
            acting,
            asking,
            circles,
            could_help,
            crisis,
            holding,
            kinds,
            removal,
            reported,
            rest,
            today,
            waiting,
        )
        from mutualaid import examples as ours  # noqa: PLC0415
        from mutualaid import my as own  # noqa: PLC0415
        from mutualaid.categories import CHOICES  # noqa: PLC0415
        from mutualaid.models import Asked, HeldPost, PostReport, Response  # noqa: PLC0415

        examples.register(examples.Examples("mutualaid", ours.load, ours.remove, ours.present))
        around.register(circles.POSTS)
        calls.hand_in(acting.page_for)
        giving.hand_in_kinds(CHOICES)
        leaving.register("mutualaid", holding.export, holding.delete, holding.stop)
        leaving.register("reports", reported.export, reported.delete)
        leaving.register("mutualaid.asked", asking.export, asking.delete, Asked.objects.rest)
        resting.register("mutualaid", rest.begin, rest.to_settle)
        parting.register("mutualaid", Response.objects.part)
        parting.register("mutualaid.asked", Asked.objects.part)
        for model in ("HeldPost", "HeldMessage", "PassRequest", "PostReport", "ResponseReport"):
            sealed.register(f"mutualaid.{model}", "sealed_email")
        for taken_down in (HeldPost, PostReport):
            can_be_overturned(taken_down, removal.undo, removal.page, removal.desk)
        my.register(own.BEGIN)
        my.register(own.QUESTIONS)
        my.register(own.POSTS)
        for item in today.ITEMS:
            first_page.register(item)
        my.register(own.ANSWERS)
        my.register(could_help.COULD_HELP)
        my.register(rest.OFFERS)
        for told in kinds.KINDS:
            notification_kinds.register(told)
        for kind in waiting.KINDS:
            queue.register(kind)
        risk_words.hand_in(crisis.ENGLISH + crisis.SPANISH)
