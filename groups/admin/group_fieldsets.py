"""The form of a group, in the order in which somebody would tell of it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

FIELDSETS: list[tuple[Any, Any]] = [
    (
        None,
        {"fields": ["name", "kind", "organization", "topics", "summary", "opened", "form_key"]},
    ),
    (
        _("Coming"),
        {
            "fields": [
                "access", "how_to_join", "first_time", "led_by", "is_therapy", ("cost", "cost_note"),
                ("min_age", "max_age"), "languages",
            ],
            "description": _("Leave out what you do not know. What is not stated is never shown as no."),
        },
    ),
    (
        _("What to expect"),
        {"fields": [("may_listen", "camera_needed"), ("anonymous", "faith_based")]},
    ),
    (
        _("Accessibility"),
        {
            "fields": [
                ("step_free", "hearing_loop"), ("sign_language", "captions"), ("quiet_space", "childcare"), "transit",
            ]
        },
    ),
    (
        _("An online community"),
        {
            "fields": ["always_open", "platform", "moderated", "join_link"],
            "description": _("Only for a group that is a forum, a chat or the like. Meetings online go below."),
            "classes": ["collapse"],
        },
    ),
    (
        _("How to reach it"),
        {
            "fields": ["contact_by", ("relay_email", "forget_relay"), "public_email", "public_phone", "website"],
            "description": _(
                "Everybody sees the public e-mail, phone and web address. The address that we pass messages on to is "
                "encrypted, and nobody sees it."
            ),
        },
    ),
    (
        _("Where it stands"),
        {
            "fields": ["stands_now", "last_checked", "alert", "checked", "step", "pause_until"],
            "description": _("“Checked” means that you asked the group, or saw it on its own website, today."),
        },
    ),
    (
        _("Address and more"),
        {"fields": ["slug", "language"], "description": _("You can leave these as they are."), "classes": ["collapse"]},
    ),
]  # fmt: skip
