from django.conf import settings
from django.db import migrations, models

# What two people sit on is there, and stays there; and nobody answers themselves. Whatever code asks.
CHAIRS = """
CREATE FUNCTION mutualaid_chair_is_there() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    chairs integer;
BEGIN
    -- Whoever takes chairs away at this moment waits here, or is waited for.
    SELECT slots INTO chairs FROM mutualaid_post WHERE id = NEW.post_id FOR SHARE;
    IF NEW.number >= chairs THEN
        RAISE EXCEPTION 'there is no such chair' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER chair_is_there BEFORE INSERT OR UPDATE OF number, post_id ON mutualaid_seat
    FOR EACH ROW EXECUTE FUNCTION mutualaid_chair_is_there();

CREATE FUNCTION mutualaid_chairs_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM mutualaid_seat WHERE post_id = NEW.id AND number >= NEW.slots) THEN
        RAISE EXCEPTION 'somebody sits on that chair' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER chairs_stay BEFORE UPDATE OF slots ON mutualaid_post
    FOR EACH ROW WHEN (NEW.slots < OLD.slots) EXECUTE FUNCTION mutualaid_chairs_stay();

CREATE FUNCTION mutualaid_answers_another() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM mutualaid_post WHERE id = NEW.post_id AND author_id = NEW.by_id) THEN
        RAISE EXCEPTION 'nobody answers their own post' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER answers_another BEFORE INSERT OR UPDATE OF post_id, by_id ON mutualaid_response
    FOR EACH ROW EXECUTE FUNCTION mutualaid_answers_another();
"""
GO = """
DROP FUNCTION mutualaid_chair_is_there() CASCADE;
DROP FUNCTION mutualaid_chairs_stay() CASCADE;
DROP FUNCTION mutualaid_answers_another() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("mutualaid", "0009_in_return"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AddConstraint(
            model_name="post",
            constraint=models.CheckConstraint(
                condition=models.Q(state__in=["draft", "held", "open", "paused", "closed"]), name="post_state"
            ),
        ),
        migrations.AddConstraint(
            model_name="response",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    state__in=["proposed", "accepted", "declined", "withdrawn", "lapsed", "finished"]
                ),
                name="response_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="arrangement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    state__in=["agreed", "done", "confirmed", "cancelled", "missed", "disputed", "lapsed"]
                ),
                name="arrangement_state",
            ),
        ),
        migrations.RunSQL(CHAIRS, GO),
    ]
