import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_keys_of_forms")]
    operations = [
        migrations.AddField(
            "invitation",
            "accepted_by",
            models.ForeignKey(
                editable=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+",
                to=settings.AUTH_USER_MODEL, verbose_name="accepted by",
            ),
        ),
    ]
