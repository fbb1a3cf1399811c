"""The key of the form that made a row. Of a reset it is as fixed as all else that the row tells."""

from django.db import migrations, models

STAYS = """
CREATE OR REPLACE FUNCTION accounts_reset_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE'
        AND (NEW.id, NEW.reason, NEW.at{and_new}) IS NOT DISTINCT FROM (OLD.id, OLD.reason, OLD.at{and_old})
        AND (NEW.whose_id IS NULL OR NEW.whose_id = OLD.whose_id)
        AND (NEW.by_id IS NULL OR NEW.by_id = OLD.by_id)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a second factor reset is never changed or deleted';
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_resets_stay")]
    operations = [
        migrations.AddField("invitation", "key", models.UUIDField(editable=False, null=True, unique=True)),
        migrations.AddField("secondfactorreset", "key", models.UUIDField(editable=False, null=True, unique=True)),
        migrations.RunSQL(
            STAYS.format(and_new=", NEW.key", and_old=", OLD.key"), STAYS.format(and_new="", and_old="")
        ),
    ]
