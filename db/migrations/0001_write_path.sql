-- Raises when a batch held a replayed response: the whole statement then rolls back and the batch goes the slow way.
CREATE FUNCTION all_new(inserted integer, expected integer) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  IF inserted <> expected THEN RAISE EXCEPTION 'replay'; END IF;
  RETURN true;
END $$;
--> statement-breakpoint
-- Room on each page, so that adding to a cell stays a heap-only update.
ALTER TABLE cells SET (fillfactor = 60);
