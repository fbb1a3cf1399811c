from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("moderation", "0006_sanctions_from_reports")]
    operations = [
        migrations.AlterField(
            model_name="decision",
            name="verdict",
            field=models.CharField(
                choices=[
                    ("approve", "Approve"),
                    ("ask", "Ask"),
                    ("refuse", "Refuse"),
                    ("write", "Write to them"),
                    ("propose", "Propose to another moderator"),
                ],
                max_length=8,
                verbose_name="verdict",
            ),
        ),
    ]
