-- What it held follows from the responses now; nothing that stores an answer ever read it.
DROP TABLE "held_scores" CASCADE;--> statement-breakpoint
DROP INDEX "responses_taken_in";--> statement-breakpoint
CREATE INDEX "responses_taken_in" ON "responses" USING brin ("taken_in","day") WITH (pages_per_range=32,autosummarize=true);--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "position" integer;--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "urgent" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE SEQUENCE "case_positions" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
-- So that a restored backup goes on after the last one.
ALTER SEQUENCE "case_positions" OWNED BY "cases"."position";--> statement-breakpoint
INSERT INTO settings (key, value) VALUES ('key.case', replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '')) ON CONFLICT DO NOTHING;--> statement-breakpoint
-- A secret one-to-one shuffle of 2^24 numbers (four Feistel rounds), above every number given out in order before.
CREATE FUNCTION scatter_case_number(place integer, secret text) RETURNS integer LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
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
-- Times to the minute, but for responses whose line in the ledger says the exact one.
UPDATE "cells" SET "last_received_at" = date_trunc('minute', "last_received_at");--> statement-breakpoint
UPDATE "months" SET "last_received_at" = date_trunc('minute', "last_received_at");--> statement-breakpoint
UPDATE "responses" SET "received_at" = date_trunc('minute', "received_at")
  WHERE "day" < (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
    AND NOT EXISTS (SELECT FROM ledger_entries WHERE kind = 'response' AND ledger_entries.place_id = responses.place_id AND response_id = responses.id);
