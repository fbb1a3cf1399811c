"""Load the facts the site opens with."""

from django.db import migrations

from mindspace.site import facts


def load(apps, schema_editor):
    facts.load(apps)


class Migration(migrations.Migration):
    dependencies = [("mindspace_site", "0001_initial")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
