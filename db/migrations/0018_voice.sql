CREATE TABLE "recording_files" (
	"address" text PRIMARY KEY NOT NULL,
	"type" text NOT NULL,
	"body" "bytea" NOT NULL,
	CONSTRAINT "recording_files_address" CHECK ("recording_files"."address" ~ '^[\w-]{12}$')
);
--> statement-breakpoint
CREATE TABLE "recordings" (
	"part" text NOT NULL,
	"language" text NOT NULL,
	"key" text NOT NULL,
	"wording" text NOT NULL,
	"words" text NOT NULL,
	"address" text NOT NULL,
	"added_by" text NOT NULL,
	"added_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "recordings_part_language_key_pk" PRIMARY KEY("part","language","key")
);
--> statement-breakpoint
ALTER TABLE "responses" ADD COLUMN "assisted" boolean;--> statement-breakpoint
ALTER TABLE "recordings" ADD CONSTRAINT "recordings_address_recording_files_address_fk" FOREIGN KEY ("address") REFERENCES "recording_files"("address") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "recordings_by_address" ON "recordings" USING btree ("address");--> statement-breakpoint
CREATE INDEX "responses_assisted" ON "responses" USING btree ("day","version_id") WHERE "responses"."assisted";