from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("mindspace_site", "0003_languages_by_function")]
    operations = [migrations.AddField("helpline", "key", models.UUIDField(editable=False, null=True, unique=True))]
