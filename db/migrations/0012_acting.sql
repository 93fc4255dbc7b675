CREATE TABLE "reply_templates" (
	"agency_id" smallint NOT NULL,
	"key" text NOT NULL,
	"body" text NOT NULL,
	CONSTRAINT "reply_templates_agency_id_key_pk" PRIMARY KEY("agency_id","key")
);
--> statement-breakpoint
ALTER TABLE "cases" ALTER COLUMN "due_on" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "reply_templates" ADD CONSTRAINT "reply_templates_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "agencies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_due_unless_praise" CHECK (("cases"."kind" = 'praise') = ("cases"."due_on" is null));--> statement-breakpoint
-- Praise that waits since before: read as such from the same structure as new one (isPraise), unless a call back was asked for.
SELECT set_config('ydan.agencies', 'all', true);--> statement-breakpoint
UPDATE cases SET kind = 'praise', due_on = NULL FROM responses
WHERE responses.place_id = cases.place_id AND responses.id = cases.response_id
  AND cases.kind = 'comment' AND cases.state = 'new' AND NOT cases.restricted
  AND responses.answers ~ '5' AND responses.answers !~ '[1-4]'
  AND NOT EXISTS (SELECT FROM callbacks WHERE callbacks.case_id = cases.id);--> statement-breakpoint
SELECT set_config('ydan.agencies', '', true);
