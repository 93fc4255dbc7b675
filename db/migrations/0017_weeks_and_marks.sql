CREATE TABLE "short_rests" (
	"day" date NOT NULL,
	"agency_id" smallint NOT NULL,
	"place_id" smallint NOT NULL,
	"rest" smallint NOT NULL,
	CONSTRAINT "short_rests_day_agency_id_place_id_pk" PRIMARY KEY("day","agency_id","place_id")
);
--> statement-breakpoint
ALTER TABLE "places" ADD COLUMN "week" jsonb;--> statement-breakpoint
ALTER TABLE "ticket_batches" ADD COLUMN "marks" bit varying DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "ticket_batches" ADD COLUMN "uses" integer[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "tickets" ADD COLUMN "number" integer;--> statement-breakpoint
ALTER TABLE "short_rests" ADD CONSTRAINT "short_rests_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "agencies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "places" ADD CONSTRAINT "places_week_has_frame" CHECK ("places"."week" is null or "places"."opens_at" is not null);--> statement-breakpoint
-- Room on each page, so that marking a ticket stays a heap-only update.
ALTER TABLE "ticket_batches" SET (fillfactor = 50);--> statement-breakpoint
-- Every ticket gets its number in the order it was made in, every batch its marks and its uses by day; what told on
-- which day a single ticket was used is forgotten.
UPDATE "tickets" SET "number" = "numbered"."number"
FROM (SELECT "id", (row_number() OVER (PARTITION BY "batch_id" ORDER BY "id") - 1)::int AS "number" FROM "tickets") AS "numbered"
WHERE "tickets"."id" = "numbered"."id";--> statement-breakpoint
UPDATE "ticket_batches" SET "marks" = "made"."marks"
FROM (
  SELECT "batch_id", string_agg(CASE WHEN "used_on" IS NULL THEN '0' ELSE '1' END, '' ORDER BY "number")::bit varying AS "marks"
  FROM "tickets" GROUP BY "batch_id") AS "made"
WHERE "ticket_batches"."id" = "made"."batch_id";--> statement-breakpoint
UPDATE "ticket_batches" SET "uses" = "days"."uses"
FROM (
  SELECT "id", array_agg((SELECT count(*)::int FROM "tickets"
      WHERE "batch_id" = "spans"."id" AND "used_on" IS NOT NULL AND greatest("used_on" - "spans"."day", 0) = "spans"."offset") ORDER BY "offset") AS "uses"
  FROM (
    SELECT "ticket_batches"."id", "ticket_batches"."day", generate_series(0, max(greatest("used_on" - "ticket_batches"."day", 0))) AS "offset"
    FROM "ticket_batches" JOIN "tickets" ON "batch_id" = "ticket_batches"."id" WHERE "used_on" IS NOT NULL
    GROUP BY "ticket_batches"."id") AS "spans"
  GROUP BY "id") AS "days"
WHERE "ticket_batches"."id" = "days"."id";--> statement-breakpoint
UPDATE "tickets" SET "used_on" = NULL WHERE "used_on" IS NOT NULL;--> statement-breakpoint
DROP INDEX "tickets_by_batch";
