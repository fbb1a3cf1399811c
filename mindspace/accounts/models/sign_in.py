import re
import uuid
from contextlib import suppress
from datetime import date
from typing import Any, ClassVar

from django.contrib.sessions.models import Session
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mindspace.accounts.models.user import User

DEVICE, SINCE = "device", "signed_in_on"  # in the session
BROWSERS = {
    "Edg": "Edge", "Firefox": "Firefox", "FxiOS": "Firefox", "Chrome": "Chrome", "CriOS": "Chrome", "Safari": "Safari",
}  # fmt: skip


class SignInQuerySet(models.QuerySet["SignIn"]):
    def of(self, user: User) -> "list[SignIn]":
        """Where this person is signed in now, the newest first, without what "sign out everywhere" has ended."""
        rows = self.filter(user=user, session__expire_date__gt=timezone.now()).select_related("session")
        own = user.get_session_auth_hash()
        return [row for row in rows if constant_time_compare(row.session.get_decoded().get("_auth_user_hash", ""), own)]

    def keep(self, session_key: str, data: Any) -> None:
        """What a session that was just saved says of who is signed in."""
        user = User.objects.filter(pk=data["_auth_user_id"]).first()
        if user is None:  # their account is gone, and this device does not know yet
            return
        since = data.get(SINCE)
        row = {"device": data.get(DEVICE, ""), "since": date.fromisoformat(since) if since else timezone.localdate()}
        with suppress(IntegrityError), transaction.atomic():  # the account went, or they signed out, at this moment
            self.update_or_create(session_id=session_key, defaults={"user": user, **row})


class SignIn(models.Model):
    """A session of somebody who is signed in. It goes with the session.

    It holds the kind of device and the day, for somebody who looks for what is not theirs; no address, no place and no
    hour: whoever shares a device with a person they fear shows them nothing by opening the page.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="sign_in")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sign_ins")
    since = models.DateField(default=timezone.localdate)
    device = models.CharField(max_length=20, blank=True)  # see device_of

    objects: ClassVar[Any] = SignInQuerySet.as_manager()

    class Meta:
        verbose_name = _("sign-in")
        verbose_name_plural = _("sign-ins")
        ordering = ["-since", "pk"]

    def __str__(self) -> str:
        return f"{self.since:%Y-%m-%d}"

    def end(self) -> None:
        """Sign out there. The session goes, and this row with it."""
        self.session.delete()

    @property
    def device_in_words(self) -> str:
        kind, _space, browser = self.device.partition(" ")
        named = {"phone": gettext("A phone or tablet"), "computer": gettext("A computer")}.get(kind)
        if named is None:
            return gettext("A device")
        return gettext("%(device)s, with %(browser)s") % {"device": named, "browser": browser} if browser else named


def device_of(user_agent: str) -> str:
    """The kind of device and the browser's family, in our own words: "phone Firefox". No version and no model."""
    if not user_agent:
        return ""
    kind = "phone" if re.search(r"Mobi|Android|iPhone|iPad", user_agent) else "computer"
    browser = next((name for token, name in BROWSERS.items() if f"{token}/" in user_agent), "")
    return f"{kind} {browser}".strip()
