import tomllib
from pathlib import Path

from django.db import migrations

TOPICS = Path(__file__).parent.parent / "data" / "topics.toml"


def load_topics(apps, schema_editor):
    topics = apps.get_model("groups", "Topic").objects
    for kind, rows in tomllib.loads(TOPICS.read_text()).items():
        for row in rows:
            topics.get_or_create(slug=row.pop("slug"), defaults={"kind": kind, **row})


class Migration(migrations.Migration):
    dependencies = [("groups", "0002_roles")]
    operations = [migrations.RunPython(load_topics, migrations.RunPython.noop)]
