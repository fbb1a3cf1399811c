import uuid
from typing import Any, ClassVar, Self

from django.apps import apps
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from mindspace.accounts import keeping_out
from mindspace.accounts.names import random_display_name

VOUCHES_NEEDED = 2
# Mail to it is never written: RFC 2606 keeps the ending for what no server has.
NO_MAILBOX = "@by-phone.invalid"


class UserQuerySet(models.QuerySet["User"]):
    def not_blocked_with(self, user: Any) -> Self:
        """Everybody but those who blocked `user` and those whom `user` blocked."""
        if not user.is_authenticated:
            return self
        return self.exclude(pk__in=apps.get_model("accounts", "Block").objects.others_of(user))

    def vouched(self) -> Self:
        """Those whom two vouched members or one moderator have vouched for."""
        vouch = apps.get_model("accounts", "Vouch")
        theirs = vouch.objects.counting().filter(vouched=models.OuterRef("pk"))
        enough = theirs.values("vouched").annotate(count=models.Count("pk")).filter(count__gte=VOUCHES_NEEDED)
        return self.filter(models.Exists(theirs.filter(by_moderator=True)) | models.Exists(enough))


class UserManager(BaseUserManager["User"]):
    def get_queryset(self) -> UserQuerySet:
        return UserQuerySet(self.model, using=self._db)

    def not_blocked_with(self, user: Any) -> UserQuerySet:
        return self.get_queryset().not_blocked_with(user)

    def vouched(self) -> UserQuerySet:
        return self.get_queryset().vouched()

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, **{"is_staff": True, "is_superuser": True, **fields})

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in with an e-mail address and is known by a display name."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    display_name = models.CharField(_("display name"), max_length=60, default=random_display_name)
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_staff = models.BooleanField(_("is staff"), default=False)
    is_example = models.BooleanField(_("is an example"), default=False, editable=False)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now)
    sign_ins_ended = models.PositiveIntegerField(default=0, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [models.CheckConstraint(condition=models.Q(email=Lower("email")), name="user_email_lower")]

    def __str__(self) -> str:
        return self.display_name

    @property
    def can_be_mailed(self) -> bool:
        """False for a member without e-mail, whom a moderator helps by phone."""
        return not self.email.endswith(NO_MAILBOX)

    @property
    def can_be_reached(self) -> bool:
        """False for whoever was helped by phone and took that back: nobody reads to them what others write."""
        rows = apps.get_model("accounts", "PhoneMember").objects.filter(user=self, ended_at=None)
        return self.can_be_mailed or rows.exists()

    @property
    def is_adult(self) -> bool:
        """They said that they are 18 or older. One query."""
        return apps.get_model("accounts", "Profile").objects.filter(user=self, is_adult=True).exists()

    @property
    def is_vouched(self) -> bool:
        """Two vouched members or one moderator have vouched for them. One query."""
        return type(self).objects.vouched().filter(pk=self.pk).exists()

    def can_vouch_for(self, other: "User") -> bool:
        """A vouched member for anybody but themselves and those they are apart from; a moderator too, in one tap.

        Whoever may not write just now gives no word, either.
        """
        if self == other or not type(self).objects.not_blocked_with(self).filter(pk=other.pk).exists():
            return False
        return (self.can_vouch_alone or self.is_vouched) and keeping_out.may_write(self)

    @property
    def can_vouch_alone(self) -> bool:
        return self.is_staff and self.has_perm("accounts.add_vouch")

    def end_sessions(self) -> None:
        """Sign this person out everywhere: every session carries a hash that this makes stale."""
        type(self).objects.filter(pk=self.pk).update(sign_ins_ended=models.F("sign_ins_ended") + 1)
        self.refresh_from_db(fields=["sign_ins_ended"])

    def forget_sign_in(self) -> None:
        """Take away every way in but a code by mail: password, passkeys, app and open sessions."""
        self.set_unusable_password()
        self.save(update_fields=["password"])
        self.authenticator_set.all().delete()  # type: ignore[attr-defined]  # allauth has no types
        self.end_sessions()

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        text = f"{self.sign_ins_ended}:{self.password}"
        return salted_hmac("mindspace.accounts.User.session", text, secret=secret, algorithm="sha256").hexdigest()
