"""The people of a site on one's own machine. Their passwords are no secret, so they open nothing anywhere else."""

from collections.abc import Iterator

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import ProtectedError

from mindspace.accounts import roles
from mindspace.accounts.models import User

PASSWORD = "a-quiet-street-in-Irving"  # noqa: S105 - see above
# name before the @, display name, role
PEOPLE = (
    ("member", "Example Member", None),
    ("moderator", "Example Moderator", roles.MODERATOR),
    ("editor", "Example Editor", roles.EDITOR),
    ("reviewer", "Example Reviewer", roles.REVIEWER),
)


def load() -> Iterator[str]:
    for name, display_name, role in PEOPLE:
        email = f"{name}@example.org"
        user = User.objects.filter(email=email).first()
        if user is None:
            user = User.objects.create_user(
                email, PASSWORD, display_name=display_name, is_staff=role is not None, is_example=True
            )
            EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
        if role and user.is_example:
            user.groups.add(Group.objects.get(name=role))
        if user.is_example:
            yield f"{display_name}: {email} with the password {PASSWORD}"


def remove() -> None:
    for user in User.objects.filter(is_example=True):
        try:
            with transaction.atomic():
                user.delete()
        except ProtectedError:  # something real was made under this name: it stays, the account closes
            user.is_active = user.is_staff = user.is_example = False
            user.set_unusable_password()
            user.save()


def present() -> bool:
    return User.objects.filter(is_example=True).exists()
