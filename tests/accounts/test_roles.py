import pytest
from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType

from mindspace.accounts.models import User
from mindspace.accounts.roles import EDITOR, MODERATOR, ROLES, grant

pytestmark = pytest.mark.django_db


def test_the_migrations_made_them() -> None:
    assert set(ROLES) == {"Editor", "Reviewer", "Moderator"}
    assert set(Group.objects.values_list("name", flat=True)) >= set(ROLES)


def test_who_may_what(ed: User, rae: User, max_: User) -> None:
    assert ed.has_perm("mindspace_site.change_helpline")
    assert not rae.has_perm("mindspace_site.change_helpline")
    assert max_.has_perm("accounts.change_user")
    assert not ed.has_perm("accounts.change_user")
    for person in (ed, rae, max_):
        assert person.has_perm("accounts.add_invitation")
        assert not person.has_perm("accounts.delete_user")
        assert not person.has_perm("auth.change_group")


def test_grant_makes_a_permission_that_django_then_finds() -> None:
    Permission.objects.filter(codename="delete_user").delete()
    grant(apps, MODERATOR, "accounts.delete_user")
    made = Permission.objects.get(codename="delete_user", group__name=MODERATOR)
    create_permissions(apps.get_app_config("accounts"), verbosity=0)
    assert Permission.objects.get(codename="delete_user") == made
    assert made.name == "Can delete person"
    assert made.content_type == ContentType.objects.get_for_model(User)


def test_grant_twice_is_once() -> None:
    for _time in range(2):
        grant(apps, EDITOR, "accounts.delete_user")
    assert Group.objects.get(name=EDITOR).permissions.filter(codename="delete_user").count() == 1


@pytest.mark.parametrize("wrong", ["accounts.fly_user", "accounts.view_nothing", "nowhere.view_user"])
def test_a_slip_of_the_pen_is_refused(wrong: str) -> None:
    with pytest.raises(LookupError):
        grant(apps, EDITOR, wrong)
