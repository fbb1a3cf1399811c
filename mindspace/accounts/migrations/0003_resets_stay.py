"""Rows that tell of a reset are only ever added. When a person's account goes, their name goes from the row."""

from django.db import migrations

STAY = """
CREATE FUNCTION accounts_reset_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE'
        AND (NEW.id, NEW.reason, NEW.at) = (OLD.id, OLD.reason, OLD.at)
        AND (NEW.whose_id IS NULL OR NEW.whose_id = OLD.whose_id)
        AND (NEW.by_id IS NULL OR NEW.by_id = OLD.by_id)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a second factor reset is never changed or deleted';
END
$$;
CREATE TRIGGER accounts_reset_stays BEFORE UPDATE OR DELETE ON accounts_secondfactorreset
    FOR EACH ROW EXECUTE FUNCTION accounts_reset_stays();
"""
GO = """
DROP TRIGGER accounts_reset_stays ON accounts_secondfactorreset;
DROP FUNCTION accounts_reset_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_roles")]
    operations = [migrations.RunSQL(STAY, GO)]
