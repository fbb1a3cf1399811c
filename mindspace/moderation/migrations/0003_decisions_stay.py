"""Decisions, and looks at private threads, are only ever added. When a person's account goes, their name goes from them."""

from django.db import migrations

STAY = """
CREATE FUNCTION moderation_decision_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE'
        AND NEW.by_id IS NULL
        AND to_jsonb(NEW) - 'by_id' = to_jsonb(OLD) - 'by_id'
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'what moderators decided and looked at is never changed or deleted';
END
$$;
CREATE TRIGGER moderation_decision_stays BEFORE UPDATE OR DELETE ON moderation_decision
    FOR EACH ROW EXECUTE FUNCTION moderation_decision_stays();
CREATE TRIGGER moderation_look_stays BEFORE UPDATE OR DELETE ON moderation_threadlook
    FOR EACH ROW EXECUTE FUNCTION moderation_decision_stays();
"""
GO = """
DROP TRIGGER moderation_look_stays ON moderation_threadlook;
DROP TRIGGER moderation_decision_stays ON moderation_decision;
DROP FUNCTION moderation_decision_stays();
"""
# Who moderates the directory may set sanctions, hear appeals, and read what is on the record.
MAY = (
    "moderation.view_decision",
    "moderation.view_sanction", "moderation.add_sanction", "moderation.change_sanction",
    "moderation.view_appeal", "moderation.change_appeal",
    "moderation.view_threadlook", "moderation.add_threadlook",
)  # fmt: skip


def let_moderators(apps, schema_editor):
    from mindspace.accounts.roles import MODERATOR, grant

    grant(apps, MODERATOR, *MAY)


class Migration(migrations.Migration):
    dependencies = [
        ("moderation", "0002_keeping_safe"),
        ("accounts", "0002_roles"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [
        migrations.RunSQL(STAY, GO),
        migrations.RunPython(let_moderators, migrations.RunPython.noop),
    ]
