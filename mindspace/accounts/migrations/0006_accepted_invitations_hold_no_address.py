from django.db import migrations
from django.db.models import OuterRef, Subquery


def let_go(apps, schema_editor):
    """Give rows that were accepted before to their accounts, and their addresses up; without an account, the row."""
    Invitation = apps.get_model("accounts", "Invitation")
    User = apps.get_model("accounts", "User")
    accepted = Invitation.objects.filter(accepted_at__isnull=False)
    accepted.update(accepted_by=Subquery(User.objects.filter(email=OuterRef("email")).values("pk")[:1]))
    accepted.filter(accepted_by=None).delete()
    accepted.update(email="")


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_invitation_accepted_by")]
    operations = [migrations.RunPython(let_go, migrations.RunPython.noop)]
