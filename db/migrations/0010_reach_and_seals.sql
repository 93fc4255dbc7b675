-- What follows holds the same promises without triggers and without questions inside policies, so that a schema can be
-- spread over the nodes of Citus. FORCE is lifted for this transaction only: its owner fills the new columns of all rows.
ALTER TABLE "cases" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "case_events" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "callbacks" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "callbacks" DROP CONSTRAINT "callbacks_case_id_cases_id_fk";--> statement-breakpoint
ALTER TABLE "case_events" DROP CONSTRAINT "case_events_case_id_cases_id_fk";--> statement-breakpoint
ALTER TABLE "callbacks" ADD COLUMN "agency_id" smallint;--> statement-breakpoint
ALTER TABLE "callbacks" ADD COLUMN "restricted" boolean;--> statement-breakpoint
ALTER TABLE "callbacks" ADD COLUMN "receipt" text;--> statement-breakpoint
ALTER TABLE "case_events" ADD COLUMN "agency_id" smallint;--> statement-breakpoint
ALTER TABLE "case_events" ADD COLUMN "restricted" boolean;--> statement-breakpoint
UPDATE "callbacks" SET "agency_id" = "cases"."agency_id", "restricted" = "cases"."restricted", "receipt" = "cases"."receipt"
  FROM "cases" WHERE "cases"."id" = "case_id";--> statement-breakpoint
UPDATE "case_events" SET "agency_id" = "cases"."agency_id", "restricted" = "cases"."restricted"
  FROM "cases" WHERE "cases"."id" = "case_id";--> statement-breakpoint
ALTER TABLE "callbacks" ALTER COLUMN "agency_id" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "callbacks" ALTER COLUMN "restricted" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "callbacks" ALTER COLUMN "receipt" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "case_events" ALTER COLUMN "agency_id" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "case_events" ALTER COLUMN "restricted" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_reach" UNIQUE("id","agency_id","restricted");--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_holder" UNIQUE("id","receipt");--> statement-breakpoint
ALTER TABLE "callbacks" ADD CONSTRAINT "callbacks_follow_case" FOREIGN KEY ("case_id","agency_id","restricted") REFERENCES "cases"("id","agency_id","restricted") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "callbacks" ADD CONSTRAINT "callbacks_keep_receipt" FOREIGN KEY ("case_id","receipt") REFERENCES "cases"("id","receipt") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_events" ADD CONSTRAINT "case_events_follow_case" FOREIGN KEY ("case_id","agency_id","restricted") REFERENCES "cases"("id","agency_id","restricted") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
CREATE OR REPLACE FUNCTION sees_agency(agency smallint) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT coalesce(current_setting('ydan.agencies', true) = 'all'
    OR agency::text = ANY (string_to_array(current_setting('ydan.agencies', true), ',')), false)
$$;--> statement-breakpoint
-- The holder of a receipt; unset or empty is nobody's.
CREATE FUNCTION holds_receipt(receipt text) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT coalesce(receipt <> '' AND receipt = current_setting('ydan.receipt', true), false)
$$;--> statement-breakpoint
DROP POLICY cases_read ON cases;--> statement-breakpoint
DROP POLICY cases_handle ON cases;--> statement-breakpoint
DROP POLICY case_events_read ON case_events;--> statement-breakpoint
DROP POLICY callbacks_read ON callbacks;--> statement-breakpoint
DROP POLICY callbacks_arrive ON callbacks;--> statement-breakpoint
DROP POLICY callbacks_erase ON callbacks;--> statement-breakpoint
CREATE POLICY cases_read ON cases FOR SELECT USING (
  sees_everything() OR (NOT restricted AND sees_agency(agency_id)) OR holds_receipt(receipt));--> statement-breakpoint
CREATE POLICY cases_handle ON cases FOR UPDATE USING (
  sees_everything() OR (NOT restricted AND sees_agency(agency_id)) OR holds_receipt(receipt)) WITH CHECK (true);--> statement-breakpoint
-- Internal: a receipt does not open them.
CREATE POLICY case_events_read ON case_events FOR SELECT USING (
  sees_everything() OR (NOT restricted AND sees_agency(agency_id)));--> statement-breakpoint
CREATE POLICY callbacks_read ON callbacks FOR SELECT USING (
  sees_everything() OR (NOT restricted AND sees_agency(agency_id)) OR holds_receipt(receipt));--> statement-breakpoint
CREATE POLICY callbacks_arrive ON callbacks FOR INSERT WITH CHECK (
  sees_everything() OR (NOT restricted AND sees_agency(agency_id)) OR holds_receipt(receipt));--> statement-breakpoint
CREATE POLICY callbacks_erase ON callbacks FOR UPDATE USING (
  sees_everything() OR (NOT restricted AND sees_agency(agency_id)) OR holds_receipt(receipt));--> statement-breakpoint
ALTER TABLE "cases" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "case_events" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "callbacks" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
-- Append-only: the owner takes the rights from itself. Whoever gives them back, or is a superuser, is found by the ledger.
DROP TRIGGER audit_log_kept ON audit_log;--> statement-breakpoint
DROP TRIGGER audit_log_not_emptied ON audit_log;--> statement-breakpoint
DROP TRIGGER standing_changes_kept ON standing_changes;--> statement-breakpoint
DROP TRIGGER ledger_entries_kept ON ledger_entries;--> statement-breakpoint
DROP TRIGGER ledger_entries_not_emptied ON ledger_entries;--> statement-breakpoint
DROP FUNCTION keep_as_written();--> statement-breakpoint
REVOKE UPDATE, DELETE, TRUNCATE ON audit_log, standing_changes, ledger_entries FROM CURRENT_USER;--> statement-breakpoint
-- What may not change any more, as one text of the row; a seal refers to it, so that any change breaks the reference.
DROP TRIGGER published_version_kept ON questionnaire_versions;--> statement-breakpoint
DROP FUNCTION keep_published_version();--> statement-breakpoint
ALTER TABLE questionnaire_versions
  ADD COLUMN published_seal text GENERATED ALWAYS AS (
    CASE WHEN status <> 'draft' THEN md5(code || '/' || version::text || ' ' || definition::text) END) STORED,
  ADD COLUMN retired_seal text GENERATED ALWAYS AS (CASE WHEN status = 'retired' THEN 'retired' END) STORED,
  ADD CONSTRAINT questionnaire_versions_published UNIQUE (id, published_seal),
  ADD CONSTRAINT questionnaire_versions_retired UNIQUE (id, retired_seal);--> statement-breakpoint
CREATE TABLE version_seals (
  version_id smallint NOT NULL,
  stage text NOT NULL,
  published_seal text,
  retired_seal text,
  PRIMARY KEY (version_id, stage),
  CONSTRAINT published_version_kept FOREIGN KEY (version_id, published_seal) REFERENCES questionnaire_versions (id, published_seal),
  CONSTRAINT retired_version_kept FOREIGN KEY (version_id, retired_seal) REFERENCES questionnaire_versions (id, retired_seal),
  CONSTRAINT version_seals_stage CHECK ((stage = 'published' AND published_seal IS NOT NULL AND retired_seal IS NULL)
    OR (stage = 'retired' AND retired_seal IS NOT NULL AND published_seal IS NULL))
);--> statement-breakpoint
INSERT INTO version_seals SELECT id, 'published', published_seal, NULL FROM questionnaire_versions WHERE published_seal IS NOT NULL;--> statement-breakpoint
INSERT INTO version_seals SELECT id, 'retired', NULL, retired_seal FROM questionnaire_versions WHERE retired_seal IS NOT NULL;--> statement-breakpoint
DROP TRIGGER approved_report_kept ON reports;--> statement-breakpoint
DROP FUNCTION keep_approved_report();--> statement-breakpoint
-- Days and moments as numbers: their texts depend on settings of the session, and a generated column must not.
ALTER TABLE reports
  ADD COLUMN approved_seal text GENERATED ALWAYS AS (CASE WHEN state <> 'draft' THEN md5(
    kind || CASE sector WHEN 'administrative' THEN ' a ' WHEN 'health' THEN ' h ' ELSE ' e ' END || agency_id::text
    || ' ' || (from_day - '2000-01-01'::date)::text || ' ' || (to_day - '2000-01-01'::date)::text || ' ' || version::text
    || ' ' || coalesce(corrects_id::text, '') || ' ' || coalesce(correction_reason, '')
    || ' ' || input::text || document::text || hash || ' ' || code_version
    || ' ' || made_by || extract(epoch from made_at - '2000-01-01 00:00:00+00'::timestamptz)::text
    || ' ' || coalesce(approved_by || extract(epoch from approved_at - '2000-01-01 00:00:00+00'::timestamptz)::text, '')) END) STORED,
  ADD COLUMN published_seal text GENERATED ALWAYS AS (CASE WHEN state = 'published' THEN md5(
    coalesce(published_by || extract(epoch from published_at - '2000-01-01 00:00:00+00'::timestamptz)::text, '')) END) STORED,
  ADD CONSTRAINT reports_approved UNIQUE (id, approved_seal),
  ADD CONSTRAINT reports_published UNIQUE (id, published_seal);--> statement-breakpoint
CREATE TABLE report_seals (
  report_id integer NOT NULL,
  stage text NOT NULL,
  approved_seal text,
  published_seal text,
  PRIMARY KEY (report_id, stage),
  CONSTRAINT approved_report_kept FOREIGN KEY (report_id, approved_seal) REFERENCES reports (id, approved_seal),
  CONSTRAINT published_report_kept FOREIGN KEY (report_id, published_seal) REFERENCES reports (id, published_seal),
  CONSTRAINT report_seals_stage CHECK ((stage = 'approved' AND approved_seal IS NOT NULL AND published_seal IS NULL)
    OR (stage = 'published' AND published_seal IS NOT NULL AND approved_seal IS NULL))
);--> statement-breakpoint
INSERT INTO report_seals SELECT id, 'approved', approved_seal, NULL FROM reports WHERE approved_seal IS NOT NULL;--> statement-breakpoint
INSERT INTO report_seals SELECT id, 'published', NULL, published_seal FROM reports WHERE published_seal IS NOT NULL;--> statement-breakpoint
REVOKE UPDATE, DELETE, TRUNCATE ON version_seals, report_seals FROM CURRENT_USER;--> statement-breakpoint
-- The checks of references lock these rows, which takes the right to update some column; of this one the other columns decide.
GRANT UPDATE (stage) ON version_seals, report_seals TO CURRENT_USER;

