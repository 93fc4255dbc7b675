-- The running month is added up too, through its last closed day. What an older version added up is made again.
ALTER TABLE "rolled_months" ADD COLUMN "through" date DEFAULT '0001-01-01' NOT NULL;--> statement-breakpoint
ALTER TABLE "rolled_months" ADD COLUMN "made" bigint DEFAULT pg_current_xact_id()::text::bigint NOT NULL;--> statement-breakpoint
CREATE INDEX "cases_by_day" ON "cases" USING btree ("day","place_id");--> statement-breakpoint
CREATE INDEX "cases_waiting" ON "cases" USING btree ("agency_id","due_on") WHERE "cases"."state" in ('new', 'assigned');