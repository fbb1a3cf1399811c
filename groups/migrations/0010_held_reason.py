from django.db import migrations, models

# Those of before were not asked for one.
OLD = "UPDATE groups_importrun SET reason = 'Nobody was asked.' WHERE status IN ('applying', 'applied') AND message <> ''"


class Migration(migrations.Migration):

    dependencies = [("groups", "0009_imports")]

    operations = [
        migrations.AddField(
            model_name="importrun",
            name="reason",
            field=models.CharField(blank=True, max_length=300, verbose_name="why it was done although it was held"),
        ),
        migrations.RunSQL(OLD, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="importrun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status__in", ["applying", "applied"]), _negated=True),
                    ("message", ""),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="run_held_has_reason",
            ),
        ),
    ]
