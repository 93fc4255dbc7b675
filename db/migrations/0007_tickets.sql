CREATE TABLE "devices" (
	"id" smallint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "devices_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 32767 START WITH 1 CACHE 1),
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"place_id" smallint NOT NULL,
	"link_hash" text,
	"link_expires_at" timestamp with time zone,
	"token_hash" text,
	"made_by" text NOT NULL,
	"enrolled_at" timestamp with time zone,
	"seen_on" date,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "devices_link_hash_unique" UNIQUE("link_hash"),
	CONSTRAINT "devices_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "ticket_batches" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "ticket_batches_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"place_id" smallint NOT NULL,
	"field_id" smallint NOT NULL,
	"day" date NOT NULL,
	"kind" text NOT NULL,
	"count" integer NOT NULL,
	"expires_on" date NOT NULL,
	"made_by" text NOT NULL,
	"revoked_on" date,
	CONSTRAINT "ticket_batches_count" CHECK ("ticket_batches"."count" > 0)
);
--> statement-breakpoint
CREATE TABLE "tickets" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "tickets_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"hash" text NOT NULL,
	"batch_id" integer NOT NULL,
	"used_on" date,
	CONSTRAINT "tickets_hash_unique" UNIQUE("hash")
);
--> statement-breakpoint
ALTER TABLE "devices" ADD CONSTRAINT "devices_place_id_places_id_fk" FOREIGN KEY ("place_id") REFERENCES "places"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_batches" ADD CONSTRAINT "ticket_batches_place_id_places_id_fk" FOREIGN KEY ("place_id") REFERENCES "places"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_batch_id_ticket_batches_id_fk" FOREIGN KEY ("batch_id") REFERENCES "ticket_batches"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "devices_by_place" ON "devices" USING btree ("place_id");--> statement-breakpoint
CREATE INDEX "ticket_batches_by_day" ON "ticket_batches" USING btree ("place_id","day");--> statement-breakpoint
CREATE UNIQUE INDEX "ticket_batches_one_at_a_time" ON "ticket_batches" USING btree ("place_id","field_id","day","kind","made_by") WHERE "ticket_batches"."kind" in ('single', 'program') and "ticket_batches"."revoked_on" is null;--> statement-breakpoint
CREATE INDEX "tickets_by_batch" ON "tickets" USING btree ("batch_id");