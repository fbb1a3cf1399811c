from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0007_editions_keep_what_is_theirs")]
    operations = [
        migrations.AddField("resource", "key", models.UUIDField(editable=False, null=True, unique=True)),
        migrations.AddField("topic", "key", models.UUIDField(editable=False, null=True, unique=True)),
    ]
