CREATE TABLE "text_reviews" (
	"language" text NOT NULL,
	"part" text NOT NULL,
	"key" text NOT NULL,
	"pair" text NOT NULL,
	"reviewed_by" text NOT NULL,
	"recorded_by" text NOT NULL,
	"reviewed_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "text_reviews_language_part_key_pair_pk" PRIMARY KEY("language","part","key","pair")
);
--> statement-breakpoint
CREATE TABLE "wordings" (
	"language" text NOT NULL,
	"part" text NOT NULL,
	"key" text NOT NULL,
	"body" text NOT NULL,
	"changed_by" text NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "wordings_language_part_key_pk" PRIMARY KEY("language","part","key")
);
--> statement-breakpoint
CREATE INDEX "responses_other_language" ON "responses" USING btree ("day","version_id") WHERE "responses"."language" <> 'vi';