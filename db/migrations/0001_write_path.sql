-- Raises when a batch held a replayed response: the whole statement then rolls back and the batch goes the slow way.
CREATE FUNCTION all_new(inserted integer, expected integer) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  IF inserted <> expected THEN RAISE EXCEPTION 'replay'; END IF;
  RETURN true;
END $$;
--> statement-breakpoint
-- Room on each page, so that adding to a cell stays a heap-only update.
ALTER TABLE cells SET (fillfactor = 60);
--> statement-breakpoint
-- What citizens were asked stays as it was: only a draft may change or go.
CREATE FUNCTION keep_published_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status <> 'draft' AND (TG_OP = 'DELETE' OR NEW.definition <> OLD.definition
      OR NEW.code <> OLD.code OR NEW.version <> OLD.version OR NEW.status = 'draft'
      OR (OLD.status = 'retired' AND NEW.status <> 'retired')) THEN
    RAISE EXCEPTION 'a published questionnaire version does not change' USING ERRCODE = '23514', CONSTRAINT = 'published_version_kept';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
--> statement-breakpoint
CREATE TRIGGER published_version_kept BEFORE UPDATE OR DELETE ON questionnaire_versions
  FOR EACH ROW EXECUTE FUNCTION keep_published_version();
