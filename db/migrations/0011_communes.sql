CREATE TABLE "commune_checkpoints" (
	"commune_id" smallint NOT NULL,
	"day" date NOT NULL,
	"checkpoint" text NOT NULL,
	"seen_at" timestamp with time zone NOT NULL,
	CONSTRAINT "commune_checkpoints_commune_id_day_pk" PRIMARY KEY("commune_id","day")
);
--> statement-breakpoint
CREATE TABLE "commune_contacts" (
	"commune_id" smallint NOT NULL,
	"what" text NOT NULL,
	"etag" text,
	"ok_at" timestamp with time zone,
	"tried_at" timestamp with time zone NOT NULL,
	"failing_since" timestamp with time zone,
	"reason" text,
	CONSTRAINT "commune_contacts_commune_id_what_pk" PRIMARY KEY("commune_id","what")
);
--> statement-breakpoint
CREATE TABLE "commune_findings" (
	"commune_id" smallint NOT NULL,
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"sentence" text NOT NULL,
	"evidence" jsonb NOT NULL,
	"first_at" timestamp with time zone NOT NULL,
	"last_at" timestamp with time zone NOT NULL,
	CONSTRAINT "commune_findings_commune_id_kind_subject_pk" PRIMARY KEY("commune_id","kind","subject")
);
--> statement-breakpoint
CREATE TABLE "commune_readings" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "commune_readings_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"commune_id" smallint NOT NULL,
	"period" text NOT NULL,
	"source" text NOT NULL,
	"is_final" boolean NOT NULL,
	"from_day" date NOT NULL,
	"to_day" date NOT NULL,
	"figures" jsonb NOT NULL,
	"fingerprint" text NOT NULL,
	"checkpoint" text,
	"seen_at" timestamp with time zone NOT NULL,
	"last_seen_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "communes" (
	"id" smallint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "communes_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 32767 START WITH 1 CACHE 1),
	"code" text NOT NULL,
	"name" text NOT NULL,
	"address" text NOT NULL,
	"sealed_key" text,
	"ledger_key" text,
	"ledger_key_seen" text,
	"added_at" timestamp with time zone DEFAULT now() NOT NULL,
	"left_at" timestamp with time zone,
	CONSTRAINT "communes_code_unique" UNIQUE("code"),
	CONSTRAINT "communes_address_unique" UNIQUE("address")
);
--> statement-breakpoint
ALTER TABLE "commune_checkpoints" ADD CONSTRAINT "commune_checkpoints_commune_id_communes_id_fk" FOREIGN KEY ("commune_id") REFERENCES "communes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "commune_contacts" ADD CONSTRAINT "commune_contacts_commune_id_communes_id_fk" FOREIGN KEY ("commune_id") REFERENCES "communes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "commune_findings" ADD CONSTRAINT "commune_findings_commune_id_communes_id_fk" FOREIGN KEY ("commune_id") REFERENCES "communes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "commune_readings" ADD CONSTRAINT "commune_readings_commune_id_communes_id_fk" FOREIGN KEY ("commune_id") REFERENCES "communes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "commune_readings_running" ON "commune_readings" USING btree ("commune_id","period","source") WHERE not "commune_readings"."is_final";--> statement-breakpoint
CREATE INDEX "commune_readings_period" ON "commune_readings" USING btree ("period","commune_id");--> statement-breakpoint
CREATE INDEX "commune_readings_commune" ON "commune_readings" USING btree ("commune_id","period");