from typing import Any

from django.db import migrations, models


def keep(apps: Any, _schema_editor: Any) -> None:
    """Until now each chair of what recurs had a time of its own."""
    apps.get_model("mutualaid", "Post").objects.filter(when="recurring").update(bookable=True)
    apps.get_model("mutualaid", "Post").objects.exclude(when="recurring").update(bookable=False)


class Migration(migrations.Migration):
    dependencies = [("mutualaid", "0011_acted_for_whom")]
    operations = [
        migrations.RunPython(keep, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.CheckConstraint(
                condition=models.Q(bookable=False) | models.Q(when="recurring"), name="post_booked_recurs"
            ),
        ),
    ]
