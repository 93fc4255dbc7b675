CREATE TABLE "sign_looks" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "sign_looks_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"from_day" date NOT NULL,
	"to_day" date NOT NULL,
	"place_id" smallint,
	"asked_by" text NOT NULL,
	"asked_at" timestamp with time zone DEFAULT now() NOT NULL,
	"found" integer
);
--> statement-breakpoint
ALTER TABLE "places" ADD COLUMN "own_days" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "responses" ADD COLUMN "given_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "sign_patterns" ADD COLUMN "judged" integer;--> statement-breakpoint
ALTER TABLE "sign_patterns" ADD COLUMN "decision" uuid;--> statement-breakpoint
ALTER TABLE "sign_looks" ADD CONSTRAINT "sign_looks_place_id_places_id_fk" FOREIGN KEY ("place_id") REFERENCES "places"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "responses_asked_pressure" ON "responses" USING btree ("place_id","day") WHERE "responses"."extras" ? 'yd_pressure';--> statement-breakpoint
CREATE INDEX "sign_patterns_by_decision" ON "sign_patterns" USING btree ("decision");