CREATE TYPE "channel" AS ENUM('qr', 'kiosk', 'web', 'ticket', 'paper', 'interview');--> statement-breakpoint
CREATE TYPE "respondent" AS ENUM('unstated', 'citizen', 'enterprise');--> statement-breakpoint
CREATE TYPE "sector" AS ENUM('administrative', 'health', 'education');--> statement-breakpoint
CREATE TYPE "service_mode" AS ENUM('unstated', 'direct', 'online');--> statement-breakpoint
CREATE TYPE "standing" AS ENUM('counted', 'set_aside');--> statement-breakpoint
CREATE TYPE "version_status" AS ENUM('draft', 'published', 'retired');--> statement-breakpoint
CREATE TABLE "agencies" (
	"id" smallint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "agencies_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 32767 START WITH 1 CACHE 1),
	"code" text NOT NULL,
	"name" jsonb NOT NULL,
	"short_name" text NOT NULL,
	"position" smallint NOT NULL,
	CONSTRAINT "agencies_code_unique" UNIQUE("code")
);
--> statement-breakpoint
CREATE TABLE "cells" (
	"place_id" smallint NOT NULL,
	"version_id" smallint NOT NULL,
	"field_id" smallint NOT NULL,
	"service_mode" "service_mode" NOT NULL,
	"channel" "channel" NOT NULL,
	"respondent" "respondent" NOT NULL,
	"standing" "standing" NOT NULL,
	"wave_id" smallint NOT NULL,
	"stratum_id" smallint NOT NULL,
	"day" date NOT NULL,
	"received" integer NOT NULL,
	"last_received_at" timestamp with time zone NOT NULL,
	"moments" double precision[] NOT NULL,
	"counts" integer[] NOT NULL,
	"extra_sums" double precision[] NOT NULL,
	"durations" integer[] NOT NULL,
	CONSTRAINT "cells_place_id_day_version_id_field_id_service_mode_channel_respondent_standing_wave_id_stratum_id_pk" PRIMARY KEY("place_id","day","version_id","field_id","service_mode","channel","respondent","standing","wave_id","stratum_id")
);
--> statement-breakpoint
CREATE TABLE "comments" (
	"place_id" smallint NOT NULL,
	"response_id" uuid NOT NULL,
	"day" date NOT NULL,
	"body" text NOT NULL,
	CONSTRAINT "comments_place_id_response_id_pk" PRIMARY KEY("place_id","response_id"),
	CONSTRAINT "comments_length" CHECK (char_length("comments"."body") between 1 and 1000)
);
--> statement-breakpoint
CREATE TABLE "device_marks" (
	"hash" text PRIMARY KEY NOT NULL,
	"minute" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "entries" (
	"wave_id" smallint NOT NULL,
	"form_number" text NOT NULL,
	"place_id" smallint NOT NULL,
	"response_id" uuid NOT NULL,
	"entered_by" text NOT NULL,
	"entered_at" timestamp with time zone DEFAULT now() NOT NULL,
	"second_answers" text,
	"second_by" text,
	"second_at" timestamp with time zone,
	CONSTRAINT "entries_wave_id_form_number_pk" PRIMARY KEY("wave_id","form_number")
);
--> statement-breakpoint
CREATE TABLE "fields" (
	"id" smallint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "fields_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 32767 START WITH 1 CACHE 1),
	"code" text NOT NULL,
	"name" jsonb NOT NULL,
	"land_construction_investment" boolean NOT NULL,
	"position" smallint NOT NULL,
	CONSTRAINT "fields_code_unique" UNIQUE("code")
);
--> statement-breakpoint
CREATE TABLE "held_scores" (
	"scope" text NOT NULL,
	"place_id" smallint NOT NULL,
	"day" date NOT NULL,
	"moments" double precision[] NOT NULL,
	CONSTRAINT "held_scores_scope_place_id_day_pk" PRIMARY KEY("scope","place_id","day")
);
--> statement-breakpoint
CREATE TABLE "indicators" (
	"code" text NOT NULL,
	"version" smallint NOT NULL,
	"title" text NOT NULL,
	"target" double precision NOT NULL,
	"period" text NOT NULL,
	"owner_agency_id" smallint NOT NULL,
	"definition" jsonb NOT NULL,
	"position" smallint NOT NULL,
	"reason" text DEFAULT 'Theo kế hoạch của xã.' NOT NULL,
	"changed_by" text DEFAULT 'reference' NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "indicators_code_version_pk" PRIMARY KEY("code","version")
);
--> statement-breakpoint
CREATE TABLE "months" (
	"place_id" smallint NOT NULL,
	"version_id" smallint NOT NULL,
	"field_id" smallint NOT NULL,
	"service_mode" "service_mode" NOT NULL,
	"channel" "channel" NOT NULL,
	"respondent" "respondent" NOT NULL,
	"standing" "standing" NOT NULL,
	"wave_id" smallint NOT NULL,
	"stratum_id" smallint NOT NULL,
	"month" date NOT NULL,
	"received" integer NOT NULL,
	"last_received_at" timestamp with time zone NOT NULL,
	"moments" double precision[] NOT NULL,
	"counts" integer[] NOT NULL,
	"extra_sums" double precision[] NOT NULL,
	"durations" integer[] NOT NULL,
	CONSTRAINT "months_month_place_id_version_id_field_id_service_mode_channel_respondent_standing_wave_id_stratum_id_pk" PRIMARY KEY("month","place_id","version_id","field_id","service_mode","channel","respondent","standing","wave_id","stratum_id")
);
--> statement-breakpoint
CREATE TABLE "place_minutes" (
	"place_id" smallint NOT NULL,
	"minute" timestamp with time zone NOT NULL,
	"counted" integer NOT NULL,
	CONSTRAINT "place_minutes_place_id_minute_pk" PRIMARY KEY("place_id","minute")
);
--> statement-breakpoint
CREATE TABLE "places" (
	"id" smallint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "places_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 32767 START WITH 1 CACHE 1),
	"code" text NOT NULL,
	"agency_id" smallint NOT NULL,
	"name" jsonb NOT NULL,
	"sector" "sector" NOT NULL,
	"questionnaire" text NOT NULL,
	"field_codes" text[] NOT NULL,
	"service_mode" text NOT NULL,
	"asks_respondent" boolean NOT NULL,
	"open" boolean DEFAULT true NOT NULL,
	"budget_per_hour" integer,
	"position" smallint NOT NULL,
	CONSTRAINT "places_code_unique" UNIQUE("code"),
	CONSTRAINT "places_code_is_capitals" CHECK ("places"."code" ~ '^[A-Z0-9]{4,10}$'),
	CONSTRAINT "places_budget_is_positive" CHECK ("places"."budget_per_hour" > 0)
);
--> statement-breakpoint
CREATE TABLE "questionnaire_versions" (
	"id" smallint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "questionnaire_versions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 32767 START WITH 1 CACHE 1),
	"code" text NOT NULL,
	"version" smallint NOT NULL,
	"status" "version_status" NOT NULL,
	"definition" jsonb NOT NULL,
	"reason" text DEFAULT 'Bộ câu hỏi ban đầu.' NOT NULL,
	"published_at" timestamp with time zone,
	"retired_at" timestamp with time zone,
	"reviewed" jsonb DEFAULT '{}'::jsonb NOT NULL,
	CONSTRAINT "questionnaire_versions_code_version" UNIQUE("code","version")
);
--> statement-breakpoint
CREATE TABLE "reference_items" (
	"key" text PRIMARY KEY NOT NULL,
	"loaded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "responses" (
	"place_id" smallint NOT NULL,
	"id" uuid NOT NULL,
	"version_id" smallint NOT NULL,
	"day" date NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	"field_id" smallint NOT NULL,
	"service_mode" "service_mode" NOT NULL,
	"channel" "channel" NOT NULL,
	"respondent" "respondent" NOT NULL,
	"language" text NOT NULL,
	"standing" "standing" NOT NULL,
	"reason" text,
	"answers" text NOT NULL,
	"extras" jsonb,
	"wave_id" smallint NOT NULL,
	"stratum_id" smallint NOT NULL,
	"seconds" integer,
	CONSTRAINT "responses_place_id_id_pk" PRIMARY KEY("place_id","id"),
	CONSTRAINT "responses_answers_shape" CHECK ("responses"."answers" ~ '^[-.0-5]+$'),
	CONSTRAINT "responses_reason_when_set_aside" CHECK (("responses"."standing" = 'set_aside') = ("responses"."reason" is not null))
);
--> statement-breakpoint
CREATE TABLE "rolled_months" (
	"month" date PRIMARY KEY NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"staff_id" smallint NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_seen_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "settings" (
	"key" text PRIMARY KEY NOT NULL,
	"value" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "staff" (
	"id" smallint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "staff_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 32767 START WITH 1 CACHE 1),
	"username" text NOT NULL,
	"password_hash" text NOT NULL,
	"role" text NOT NULL,
	"failed_sign_ins" smallint DEFAULT 0 NOT NULL,
	"next_sign_in_at" timestamp with time zone,
	CONSTRAINT "staff_username_unique" UNIQUE("username")
);
--> statement-breakpoint
CREATE TABLE "visits" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "visits_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"place_id" smallint,
	"field_id" smallint NOT NULL,
	"period" text NOT NULL,
	"day" date NOT NULL,
	"count" integer NOT NULL,
	"source" text NOT NULL,
	"changed_by" text NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "visits_once" UNIQUE NULLS NOT DISTINCT("place_id","field_id","period","day"),
	CONSTRAINT "visits_not_negative" CHECK ("visits"."count" >= 0),
	CONSTRAINT "visits_of_something" CHECK ("visits"."place_id" is not null or "visits"."field_id" <> 0)
);
--> statement-breakpoint
CREATE TABLE "wave_strata" (
	"id" smallint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "wave_strata_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 32767 START WITH 1 CACHE 1),
	"wave_id" smallint NOT NULL,
	"name" text NOT NULL,
	"population" integer NOT NULL,
	"planned" integer NOT NULL,
	"position" smallint NOT NULL,
	CONSTRAINT "wave_strata_names" UNIQUE("wave_id","name"),
	CONSTRAINT "wave_strata_sizes" CHECK ("wave_strata"."population" > 0 and "wave_strata"."planned" >= 0)
);
--> statement-breakpoint
CREATE TABLE "waves" (
	"id" smallint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "waves_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 32767 START WITH 1 CACHE 1),
	"name" text NOT NULL,
	"owner_agency_id" smallint NOT NULL,
	"version_id" smallint NOT NULL,
	"channels" text[] NOT NULL,
	"opens_on" date NOT NULL,
	"closes_on" date NOT NULL,
	"formula" text NOT NULL,
	"drawn_from_list" boolean NOT NULL,
	"snapshot" jsonb,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"closed_by" text,
	"closed_at" timestamp with time zone,
	CONSTRAINT "waves_dates_in_order" CHECK ("waves"."opens_on" <= "waves"."closes_on")
);
--> statement-breakpoint
ALTER TABLE "cells" ADD CONSTRAINT "cells_place_id_places_id_fk" FOREIGN KEY ("place_id") REFERENCES "places"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cells" ADD CONSTRAINT "cells_version_id_questionnaire_versions_id_fk" FOREIGN KEY ("version_id") REFERENCES "questionnaire_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comments" ADD CONSTRAINT "comments_place_id_response_id_responses_place_id_id_fk" FOREIGN KEY ("place_id","response_id") REFERENCES "responses"("place_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entries" ADD CONSTRAINT "entries_wave_id_waves_id_fk" FOREIGN KEY ("wave_id") REFERENCES "waves"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entries" ADD CONSTRAINT "entries_place_id_response_id_responses_place_id_id_fk" FOREIGN KEY ("place_id","response_id") REFERENCES "responses"("place_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "indicators" ADD CONSTRAINT "indicators_owner_agency_id_agencies_id_fk" FOREIGN KEY ("owner_agency_id") REFERENCES "agencies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "months" ADD CONSTRAINT "months_place_id_places_id_fk" FOREIGN KEY ("place_id") REFERENCES "places"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "months" ADD CONSTRAINT "months_version_id_questionnaire_versions_id_fk" FOREIGN KEY ("version_id") REFERENCES "questionnaire_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "places" ADD CONSTRAINT "places_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "agencies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "responses" ADD CONSTRAINT "responses_place_id_places_id_fk" FOREIGN KEY ("place_id") REFERENCES "places"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "responses" ADD CONSTRAINT "responses_version_id_questionnaire_versions_id_fk" FOREIGN KEY ("version_id") REFERENCES "questionnaire_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "staff"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visits" ADD CONSTRAINT "visits_place_id_places_id_fk" FOREIGN KEY ("place_id") REFERENCES "places"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "wave_strata" ADD CONSTRAINT "wave_strata_wave_id_waves_id_fk" FOREIGN KEY ("wave_id") REFERENCES "waves"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waves" ADD CONSTRAINT "waves_owner_agency_id_agencies_id_fk" FOREIGN KEY ("owner_agency_id") REFERENCES "agencies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waves" ADD CONSTRAINT "waves_version_id_questionnaire_versions_id_fk" FOREIGN KEY ("version_id") REFERENCES "questionnaire_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "cells_by_day" ON "cells" USING btree ("day");--> statement-breakpoint
CREATE INDEX "comments_by_day" ON "comments" USING btree ("place_id","day");--> statement-breakpoint
CREATE INDEX "device_marks_by_minute" ON "device_marks" USING btree ("minute");--> statement-breakpoint
CREATE UNIQUE INDEX "questionnaire_versions_one_current" ON "questionnaire_versions" USING btree ("code","status") WHERE "questionnaire_versions"."status" <> 'retired';