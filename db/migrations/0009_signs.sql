CREATE TABLE "sign_days" (
	"day" date PRIMARY KEY NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sign_members" (
	"pattern_id" integer NOT NULL,
	"place_id" smallint NOT NULL,
	"response_id" uuid NOT NULL,
	CONSTRAINT "sign_members_place_id_response_id_pk" PRIMARY KEY("place_id","response_id")
);
--> statement-breakpoint
CREATE TABLE "sign_patterns" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "sign_patterns_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"place_id" smallint NOT NULL,
	"provenance" "provenance" NOT NULL,
	"sign" text NOT NULL,
	"from_day" date NOT NULL,
	"to_day" date NOT NULL,
	"chance" double precision NOT NULL,
	"observed" double precision NOT NULL,
	"expected" double precision NOT NULL,
	"found_at" timestamp with time zone DEFAULT now() NOT NULL,
	"state" text DEFAULT 'pending' NOT NULL,
	"why" text,
	"decided_by" text,
	"decided_at" timestamp with time zone,
	CONSTRAINT "sign_patterns_decided" CHECK (("sign_patterns"."state" = 'pending') = ("sign_patterns"."decided_by" is null))
);
--> statement-breakpoint
ALTER TABLE "places" ADD COLUMN "opens_at" smallint;--> statement-breakpoint
ALTER TABLE "places" ADD COLUMN "closes_at" smallint;--> statement-breakpoint
ALTER TABLE "places" ADD COLUMN "open_days" text DEFAULT '12345' NOT NULL;--> statement-breakpoint
ALTER TABLE "places" ADD COLUMN "most_per_half_hour" integer;--> statement-breakpoint
ALTER TABLE "sign_members" ADD CONSTRAINT "sign_members_pattern_id_sign_patterns_id_fk" FOREIGN KEY ("pattern_id") REFERENCES "sign_patterns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sign_members" ADD CONSTRAINT "sign_members_place_id_response_id_responses_place_id_id_fk" FOREIGN KEY ("place_id","response_id") REFERENCES "responses"("place_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sign_patterns" ADD CONSTRAINT "sign_patterns_place_id_places_id_fk" FOREIGN KEY ("place_id") REFERENCES "places"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "sign_members_by_pattern" ON "sign_members" USING btree ("pattern_id");--> statement-breakpoint
CREATE INDEX "sign_patterns_waiting" ON "sign_patterns" USING btree ("place_id") WHERE "sign_patterns"."state" = 'pending';--> statement-breakpoint
ALTER TABLE "places" ADD CONSTRAINT "places_hours_in_order" CHECK (("places"."opens_at" is null) = ("places"."closes_at" is null) and "places"."opens_at" between 0 and 1439 and "places"."closes_at" between "places"."opens_at" + 1 and 1440);--> statement-breakpoint
ALTER TABLE "places" ADD CONSTRAINT "places_open_days" CHECK ("places"."open_days" ~ '^[1-7]{1,7}$');