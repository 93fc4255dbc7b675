CREATE TYPE "provenance" AS ENUM('ticket', 'presence', 'kiosk', 'open', 'unminted', 'entered');--> statement-breakpoint
ALTER TABLE "responses" ADD COLUMN "provenance" "provenance" DEFAULT 'open' NOT NULL;--> statement-breakpoint
ALTER TABLE "cells" ADD COLUMN "provenance" "provenance" DEFAULT 'open' NOT NULL;--> statement-breakpoint
ALTER TABLE "months" ADD COLUMN "provenance" "provenance" DEFAULT 'open' NOT NULL;--> statement-breakpoint
ALTER TABLE "device_marks" ADD COLUMN "household" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "place_minutes" ADD COLUMN "open" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
-- What was stored before had no proof: forms typed in by staff were entered, everything else is open.
UPDATE "responses" SET "provenance" = 'entered' WHERE "channel" IN ('paper', 'interview');--> statement-breakpoint
UPDATE "cells" SET "provenance" = 'entered' WHERE "channel" IN ('paper', 'interview');--> statement-breakpoint
UPDATE "months" SET "provenance" = 'entered' WHERE "channel" IN ('paper', 'interview');--> statement-breakpoint
ALTER TABLE "cells" DROP CONSTRAINT "cells_place_id_day_version_id_field_id_service_mode_channel_respondent_standing_wave_id_stratum_id_pk";--> statement-breakpoint
ALTER TABLE "months" DROP CONSTRAINT "months_month_place_id_version_id_field_id_service_mode_channel_respondent_standing_wave_id_stratum_id_pk";--> statement-breakpoint
ALTER TABLE "cells" ADD CONSTRAINT "cells_key" PRIMARY KEY("place_id","day","version_id","field_id","service_mode","channel","provenance","respondent","standing","wave_id","stratum_id");--> statement-breakpoint
ALTER TABLE "months" ADD CONSTRAINT "months_key" PRIMARY KEY("month","place_id","version_id","field_id","service_mode","channel","provenance","respondent","standing","wave_id","stratum_id");
