-- What it held follows from the responses now; nothing that stores an answer ever read it.
DROP TABLE "held_scores" CASCADE;--> statement-breakpoint
DROP INDEX "responses_taken_in";--> statement-breakpoint
CREATE INDEX "responses_taken_in" ON "responses" USING brin ("taken_in","day") WITH (pages_per_range=32,autosummarize=true);--> statement-breakpoint
ALTER TABLE "cases" ALTER COLUMN "id" DROP IDENTITY;--> statement-breakpoint
ALTER TABLE "cases" ALTER COLUMN "id" SET DEFAULT 0;--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "position" integer NOT NULL GENERATED ALWAYS AS IDENTITY (sequence name "cases_position_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1);--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "urgent" boolean DEFAULT false NOT NULL;--> statement-breakpoint
INSERT INTO settings (key, value) VALUES ('key.case', replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '')) ON CONFLICT DO NOTHING;--> statement-breakpoint
-- A secret one-to-one shuffle of 2^24 numbers (four Feistel rounds), above every number given out in order before.
CREATE FUNCTION scatter_case_number(place integer) RETURNS integer LANGUAGE plpgsql STABLE AS $$
DECLARE
  secret text := (SELECT value FROM settings WHERE key = 'key.case');
  high integer := (place >> 12) & 4095;
  low integer := place & 4095;
  mixed integer;
BEGIN
  FOR round IN 1..4 LOOP
    mixed := high # ('x' || left(md5(secret || '|' || round || '|' || low), 3))::bit(12)::integer;
    high := low;
    low := mixed;
  END LOOP;
  RETURN 10000000 + (high << 12) + low;
END $$;--> statement-breakpoint
-- A number that is given, as a backup gives it, stays.
CREATE FUNCTION number_case() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.id = 0 THEN NEW.id := scatter_case_number(NEW.position); END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER case_numbered BEFORE INSERT ON cases FOR EACH ROW EXECUTE FUNCTION number_case();--> statement-breakpoint
-- Times to the minute, but for responses whose line in the ledger says the exact one.
UPDATE "cells" SET "last_received_at" = date_trunc('minute', "last_received_at");--> statement-breakpoint
UPDATE "months" SET "last_received_at" = date_trunc('minute', "last_received_at");--> statement-breakpoint
UPDATE "responses" SET "received_at" = date_trunc('minute', "received_at")
  WHERE "day" < (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
    AND NOT EXISTS (SELECT FROM ledger_entries WHERE kind = 'response' AND ledger_entries.place_id = responses.place_id AND response_id = responses.id);
