"""Editions, their pictures and withdrawals are history: the database itself refuses to change or delete them.

Two things pass. A person who deletes their account leaves the columns that named them empty. And a transaction that says
`SET LOCAL mindspace.allow_removal = 'on'` may delete (never change): that is for taking away examples, which are marked as
such and were never published writing. TRUNCATE, which only the owner of the tables may do, is left alone: tests need it.
"""

from django.db import migrations

CREATE = """
CREATE FUNCTION articles_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    people text[] := TG_ARGV::text[];
    person text;
    was jsonb := to_jsonb(OLD);
    becomes jsonb;
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF current_setting('mindspace.allow_removal', true) = 'on' THEN
            RETURN OLD;
        END IF;
        RAISE EXCEPTION '% rows are history and cannot be deleted', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    becomes := to_jsonb(NEW);
    FOREACH person IN ARRAY people LOOP
        IF becomes -> person = 'null'::jsonb THEN
            becomes := becomes - person;
            was := was - person;
        END IF;
    END LOOP;
    IF becomes IS DISTINCT FROM was THEN
        RAISE EXCEPTION '% rows are history and cannot be changed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER edition_never_changes BEFORE UPDATE OR DELETE ON articles_edition
    FOR EACH ROW EXECUTE FUNCTION articles_refuse_change('published_by_id', 'approved_by_id');
CREATE TRIGGER edition_picture_never_changes BEFORE UPDATE OR DELETE ON articles_editionpicture
    FOR EACH ROW EXECUTE FUNCTION articles_refuse_change();
CREATE TRIGGER withdrawal_never_changes BEFORE UPDATE OR DELETE ON articles_withdrawal
    FOR EACH ROW EXECUTE FUNCTION articles_refuse_change('by_id');
"""
DROP = """
DROP TRIGGER withdrawal_never_changes ON articles_withdrawal;
DROP TRIGGER edition_picture_never_changes ON articles_editionpicture;
DROP TRIGGER edition_never_changes ON articles_edition;
DROP FUNCTION articles_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("articles", "0001_initial")]
    operations = [migrations.RunSQL(CREATE, DROP)]
