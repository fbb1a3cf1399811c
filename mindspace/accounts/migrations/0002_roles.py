from typing import Any

from django.db import migrations

from mindspace.accounts.roles import EDITOR, MODERATOR, ROLES, grant


def make_roles(apps: Any, schema_editor: Any) -> None:
    for role in ROLES:
        grant(
            apps,
            role,
            "accounts.view_user",
            "accounts.view_invitation",
            "accounts.add_invitation",
            "accounts.delete_invitation",
            "accounts.view_secondfactorreset",
            "accounts.add_secondfactorreset",
        )
    grant(apps, MODERATOR, "accounts.change_user")
    # A wrong number or a changed hour is put right by whoever sees it first.
    for model in ("helpline", "openinghours", "closedday"):
        grant(apps, EDITOR, *(f"mindspace_site.{do}_{model}" for do in ("view", "add", "change", "delete")))
    grant(apps, EDITOR, "mindspace_site.view_sitedetails", "mindspace_site.change_sitedetails")


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("mindspace_site", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
