from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0003_roles")]
    operations = [
        migrations.AddField("article", "key", models.UUIDField(editable=False, null=True, unique=True)),
        migrations.AddField("picture", "key", models.UUIDField(editable=False, null=True, unique=True)),
    ]
