"""The form of a listing. It knows which state of the listing it was opened on, so that no save runs over another."""

import json
import uuid
from datetime import datetime, time
from typing import Any

from django import forms
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groups import errors
from groups.admin.desk import STAFF, YesNoNotStated
from groups.models import Group, Topic
from groups.models.group import RESERVED, SPOKEN
from groups.models.slug import free_slug
from mindspace.control_characters import CleanForm
from mindspace.once import OnceForm, once

LIST, PAUSE, RESUME, CLOSE = "list", "pause", "resume", "close"
STEPS = {
    "": gettext_lazy("Leave it as it is"),
    LIST: gettext_lazy("List it: everybody sees it"),
    PAUSE: gettext_lazy("Pause it: it does not meet for a while"),
    RESUME: gettext_lazy("End the pause: it meets again"),
    CLOSE: gettext_lazy("Close it: the group is no more"),
}
TRIES = 3
NOT_COLUMNS = ("topics", "relay_email", "forget_relay", "step", "pause_until", "checked", "opened", "form_key")


def steps_for(group: Group) -> list[str]:
    """What can be done with the listing as it stands."""
    if group.status == Group.Status.LISTED:
        return [RESUME, PAUSE, CLOSE] if group.is_paused() else [PAUSE, CLOSE]
    if group.pk and group.waits_for_decision():
        return [CLOSE]
    return [LIST, CLOSE] if group.status == Group.Status.PENDING and group.pk else [LIST]


class GroupForm(CleanForm, OnceForm, forms.ModelForm):
    relay_email = forms.EmailField(label=gettext_lazy("Where we pass messages on to"), required=False)
    forget_relay = forms.BooleanField(label=gettext_lazy("Take the stored address away"), required=False)
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"),
        choices=list(SPOKEN.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    topics = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Topics and audiences"),
        queryset=Topic.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    join_link = forms.URLField(
        label=gettext_lazy("Link to join"), required=False, max_length=500, assume_scheme="https"
    )
    website = forms.URLField(label=gettext_lazy("Web address"), required=False, max_length=500, assume_scheme="https")
    checked = forms.BooleanField(label=gettext_lazy("I have checked this listing today"), required=False)
    step = forms.ChoiceField(
        label=gettext_lazy("What shall happen"), required=False, choices=list(STEPS.items()), widget=forms.RadioSelect
    )
    pause_until = forms.DateField(
        label=gettext_lazy("Paused until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("The first day on which it meets again. Leave it empty if nobody knows yet."),
    )
    opened = forms.DateTimeField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Group
        fields = [
            "name", "kind", "organization", "summary", "first_time", "how_to_join", "led_by", "is_therapy", "access",
            "cost", "cost_note", "min_age", "max_age", "languages", "may_listen", "camera_needed", "anonymous",
            "faith_based", "step_free", "hearing_loop", "sign_language", "captions", "quiet_space", "childcare",
            "transit", "platform", "moderated", "always_open", "join_link", "contact_by", "public_email",
            "public_phone", "website", "alert", "slug", "language", "topics",
        ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "name" not in self.fields:  # for reading only
            return
        for field in self.fields.values():
            if isinstance(field, forms.NullBooleanField):
                field.widget = YesNoNotStated()
        stored = self.instance.sealed_email
        self.fields["relay_email"].help_text = (
            _("An address is stored, encrypted. What you write here takes its place.")
            if stored
            else _("Kept encrypted. It is shown to nobody, not even here.")
        )
        self.fields["slug"].required = False
        self.fields["slug"].help_text = _("The end of the page's address. Leave it empty to make one from the name.")
        self.fields["step"].choices = [(step, STEPS[step]) for step in ["", *steps_for(self.instance)]]  # type: ignore[attr-defined]
        if self.instance.pk:
            self.initial["opened"] = self.instance.updated_at.isoformat()

    @property
    def key(self) -> uuid.UUID | None:
        """As `OnceForm.key`, over the whole page: its meeting times are part of what it says."""
        form_key = self.cleaned_data.get("form_key")
        sent = self.data
        names = sorted(name for name in sent if name != "csrfmiddlewaretoken" and not name.startswith("_"))
        values = [[name, sent.getlist(name) if hasattr(sent, "getlist") else sent[name]] for name in names]
        return uuid.uuid5(form_key, json.dumps(values, default=str)) if form_key else None

    @property
    def is_again(self) -> bool:
        """Whether this very page was sent before, and made a group then."""
        return not self.instance.pk and self.key is not None and Group.objects.filter(key=self.key).exists()

    def clean_slug(self) -> str:
        slug = str(self.cleaned_data["slug"]).strip().lower()
        if slug in RESERVED:
            raise forms.ValidationError(_("The site needs this address for itself. Choose another."))
        return slug

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        step = data.get("step")
        if step == LIST and not data.get("checked"):
            self.add_error("checked", _("Before everybody sees it, somebody checks it. Tick this once you have."))
        if step == PAUSE and data.get("pause_until") and data["pause_until"] <= timezone.localdate():
            self.add_error("pause_until", _("Choose a later day."))
        keeps_relay = self.instance.sealed_email and not data.get("forget_relay")
        has_relay = data.get("relay_email") or keeps_relay or "relay_email" in self.errors
        if data.get("contact_by") == Group.ContactBy.RELAY and not has_relay:
            self.add_error("relay_email", _("Give the address that messages are passed on to."))
        if self.instance.pk and data.get("opened") != self.instance.updated_at:
            self._say_that_it_changed()
        return data

    def _say_that_it_changed(self) -> None:
        self.add_error(None, str(errors.ListingChanged()))
        self.add_error(None, _("Save once more to keep what is on this page."))
        data: Any = self.data
        self.data = data.copy()
        self.data["opened"] = self.instance.updated_at.isoformat()  # type: ignore[index]

    def validate_unique(self) -> None:
        if not self.is_again:  # a second click meets the address of the first
            super().validate_unique()

    # -- Writing -----------------------------------------------------------------------------------

    def start(self) -> Group:
        """The new group, or the one that this very page made before."""
        made: Group = once(Group.objects, self.key, self._make)
        return made

    def _make(self) -> Group:
        group, chosen = self.instance, self.cleaned_data["slug"]
        group.key = self.key or uuid.uuid4()
        group.contact_email = self.cleaned_data["relay_email"]
        for left in reversed(range(TRIES)):
            group.slug = chosen or free_slug(Group.objects, group.name, RESERVED)
            try:
                with transaction.atomic():
                    group.save(force_insert=True)
                break
            except IntegrityError:  # somebody took the address in the same moment, or this is the second click
                if chosen or not left:
                    raise
        return group

    def write(self, by: Any) -> None:
        """Bring the listing to what was typed. Raises ListingChanged."""
        changed = [name for name in self.changed_data if name not in NOT_COLUMNS]
        values = {name: self.cleaned_data[name] for name in changed}
        if "slug" in values and not values["slug"]:
            values["slug"] = free_slug(Group.objects.exclude(pk=self.instance.pk), self.cleaned_data["name"], RESERVED)
        if self.cleaned_data["forget_relay"]:
            values["contact_email"] = ""
        if self.cleaned_data["relay_email"]:
            values["contact_email"] = self.cleaned_data["relay_email"]
        self.instance.revise(self.cleaned_data["opened"], STAFF, by, **values)

    def take_step(self, by: Any) -> None:
        """List, pause, resume, close, or just note that it was checked. Raises GroupError."""
        group, step = self.instance, self.cleaned_data["step"]
        if step == LIST:
            group.list_(STAFF, by)
            return
        if self.cleaned_data["checked"]:
            group.confirm(STAFF, by)
        if step == PAUSE:
            day = self.cleaned_data["pause_until"]
            group.pause(STAFF, by, until=timezone.make_aware(datetime.combine(day, time())) if day else None)
        elif step == RESUME:
            group.resume(STAFF, by)
        elif step == CLOSE:
            group.close(STAFF, by)
