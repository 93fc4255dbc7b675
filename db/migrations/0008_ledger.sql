CREATE TABLE "ledger_checkpoints" (
	"day" date PRIMARY KEY NOT NULL,
	"size" bigint NOT NULL,
	"checkpoint" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "ledger_entries" (
	"position" bigint PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"place_id" smallint,
	"response_id" uuid,
	"receipt" text,
	"parts" "bytea",
	"body" text,
	"source" text,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "ledger_events" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "ledger_events_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"body" jsonb NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "ledger_runs" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "ledger_runs_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"at" timestamp with time zone NOT NULL,
	"size" bigint NOT NULL,
	"milliseconds" integer NOT NULL,
	"findings" jsonb NOT NULL,
	"failure" text
);
--> statement-breakpoint
CREATE TABLE "ledger_state" (
	"id" smallint PRIMARY KEY NOT NULL,
	"size" bigint NOT NULL,
	"watermark" bigint NOT NULL,
	"checkpoint" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "ledger_tiles" (
	"level" smallint NOT NULL,
	"number" bigint NOT NULL,
	"hashes" "bytea" NOT NULL,
	CONSTRAINT "ledger_tiles_level_number_pk" PRIMARY KEY("level","number")
);
--> statement-breakpoint
-- First a constant, then the default: a volatile one would write a large table anew. What is there already is taken in before all else.
ALTER TABLE "responses" ADD COLUMN "taken_in" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "responses" ALTER COLUMN "taken_in" SET DEFAULT pg_current_xact_id()::text::bigint;--> statement-breakpoint
CREATE UNIQUE INDEX "ledger_entries_response" ON "ledger_entries" USING btree ("place_id","response_id") WHERE "ledger_entries"."kind" = 'response';--> statement-breakpoint
CREATE UNIQUE INDEX "ledger_entries_source" ON "ledger_entries" USING btree ("source") WHERE "ledger_entries"."source" is not null;--> statement-breakpoint
CREATE INDEX "ledger_entries_receipt" ON "ledger_entries" USING btree ("receipt") WHERE "ledger_entries"."receipt" is not null;--> statement-breakpoint
CREATE INDEX "responses_taken_in" ON "responses" USING brin ("taken_in") WITH (pages_per_range=32,autosummarize=true);--> statement-breakpoint
-- Lines are added, never changed; a superuser who lifts this is found by scripts/verify-ledger.js.
CREATE TRIGGER ledger_entries_kept BEFORE UPDATE OR DELETE ON ledger_entries FOR EACH STATEMENT EXECUTE FUNCTION keep_as_written();
--> statement-breakpoint
CREATE TRIGGER ledger_entries_not_emptied BEFORE TRUNCATE ON ledger_entries FOR EACH STATEMENT EXECUTE FUNCTION keep_as_written();
