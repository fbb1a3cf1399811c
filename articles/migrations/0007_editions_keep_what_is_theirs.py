"""What an edition was made of is history like itself: its pictures, their files, and the approvals that stood behind it.

An edition shows the pictures that its source names. `publish` writes down each of them, a second row for one is refused
by a constraint, and 0002 lets none go; so once those of another name are refused, too, nothing can be added later on.

A picture's words may be mended: an edition has its own copy of them. Its files may not, for pages name them.

An approval says who read what. The only thing that passes is a person who deletes their account. Deleting an article
that was never published takes its approvals along.
"""

from django.db import migrations

CREATE = """
CREATE FUNCTION articles_refuse_other_picture() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM articles_edition WHERE id = NEW.edition_id AND source -> 'pictures' ? NEW.picture_id::text
    ) THEN
        RAISE EXCEPTION 'an edition is history and gets no other picture' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER edition_picture_is_of_its_source BEFORE INSERT ON articles_editionpicture
    FOR EACH ROW EXECUTE FUNCTION articles_refuse_other_picture();

CREATE FUNCTION articles_refuse_other_file() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the files of a picture are history and cannot be changed' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER picture_keeps_its_files BEFORE UPDATE ON articles_picture FOR EACH ROW
    WHEN ((OLD.id, OLD.sha256, OLD.width, OLD.height, OLD.renditions)
        IS DISTINCT FROM (NEW.id, NEW.sha256, NEW.width, NEW.height, NEW.renditions))
    EXECUTE FUNCTION articles_refuse_other_file();

CREATE FUNCTION articles_keep_approval() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM articles_edition WHERE article_id = OLD.article_id) THEN
        RAISE EXCEPTION 'approvals of what was published are history and cannot be deleted'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER approval_never_changes BEFORE UPDATE ON articles_approval
    FOR EACH ROW EXECUTE FUNCTION articles_refuse_change('by_id');
CREATE TRIGGER approval_of_edition_stays BEFORE DELETE ON articles_approval
    FOR EACH ROW EXECUTE FUNCTION articles_keep_approval();
"""
DROP = """
DROP TRIGGER approval_of_edition_stays ON articles_approval;
DROP TRIGGER approval_never_changes ON articles_approval;
DROP FUNCTION articles_keep_approval();
DROP TRIGGER picture_keeps_its_files ON articles_picture;
DROP FUNCTION articles_refuse_other_file();
DROP TRIGGER edition_picture_is_of_its_source ON articles_editionpicture;
DROP FUNCTION articles_refuse_other_picture();
"""


class Migration(migrations.Migration):
    dependencies = [("articles", "0006_no_removal")]
    operations = [migrations.RunSQL(CREATE, DROP)]
