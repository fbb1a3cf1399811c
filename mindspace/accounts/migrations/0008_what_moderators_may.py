from typing import Any

from django.db import migrations

from mindspace.accounts.roles import MODERATOR, grant


def grant_to_moderators(apps: Any, schema_editor: Any) -> None:
    """Vouch for a member in one tap, and help those who have no e-mail."""
    grant(apps, MODERATOR, "accounts.add_vouch", "accounts.add_phonemember")


class Migration(migrations.Migration):
    dependencies = [("accounts", "0007_members")]
    operations = [migrations.RunPython(grant_to_moderators, migrations.RunPython.noop)]
