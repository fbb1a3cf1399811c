from django.db import migrations

from mindspace.accounts.roles import EDITOR, MODERATOR, grant

MODELS = ("group", "organization", "place", "meetingschedule", "meetingexception", "topic")
OPEN = ("group", "organization", "topic")  # the others hold addresses and links that a group keeps to itself
WRITE = [f"groups.{do}_{model}" for model in MODELS for do in ("view", "add", "change")]


def grant_permissions(apps, schema_editor):
    grant(apps, MODERATOR, *WRITE, "groups.moderate_group", "groups.delete_meetingexception")
    grant(apps, EDITOR, *(f"groups.view_{model}" for model in OPEN))


class Migration(migrations.Migration):
    dependencies = [("groups", "0001_initial"), ("accounts", "0002_roles")]
    operations = [migrations.RunPython(grant_permissions, migrations.RunPython.noop)]
