-- Whose rows a transaction may see: 'all', or agency ids with commas; unset or empty means none. Set by withinScope only.
CREATE FUNCTION sees_everything() RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT coalesce(current_setting('ydan.agencies', true) = 'all', false)
$$;
--> statement-breakpoint
CREATE FUNCTION sees_agency(agency smallint) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT coalesce(current_setting('ydan.agencies', true) = 'all'
    OR agency::text = ANY (string_to_array(nullif(current_setting('ydan.agencies', true), ''), ',')), false)
$$;
--> statement-breakpoint
-- FORCE: the application's role owns the tables, and an owner is otherwise exempt.
ALTER TABLE comments ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE comments FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
-- Citizens' batches may only add.
CREATE POLICY comments_arrive ON comments FOR INSERT WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY comments_read ON comments FOR SELECT USING (sees_everything() OR (NOT restricted AND sees_agency(agency_id)));
--> statement-breakpoint
CREATE POLICY comments_move ON comments FOR UPDATE USING (sees_everything() OR (NOT restricted AND sees_agency(agency_id))) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY comments_erase ON comments FOR DELETE USING (sees_everything());
--> statement-breakpoint
ALTER TABLE cases ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE cases FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY cases_arrive ON cases FOR INSERT WITH CHECK (true);
--> statement-breakpoint
-- The holder of a receipt sees that one case, so that the answer is found without an account.
CREATE POLICY cases_read ON cases FOR SELECT USING (
  sees_everything() OR (NOT restricted AND sees_agency(agency_id))
  OR receipt = nullif(current_setting('ydan.receipt', true), ''));
--> statement-breakpoint
CREATE POLICY cases_handle ON cases FOR UPDATE USING (sees_everything() OR (NOT restricted AND sees_agency(agency_id))
  OR receipt = nullif(current_setting('ydan.receipt', true), '')) WITH CHECK (true);
--> statement-breakpoint
ALTER TABLE case_events ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE case_events FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY case_events_arrive ON case_events FOR INSERT WITH CHECK (true);
--> statement-breakpoint
-- Internal: a receipt alone does not open them. The inner question obeys the policies of cases.
CREATE POLICY case_events_read ON case_events FOR SELECT USING (
  nullif(current_setting('ydan.agencies', true), '') IS NOT NULL AND EXISTS (SELECT FROM cases WHERE cases.id = case_id));
--> statement-breakpoint
ALTER TABLE callbacks ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE callbacks FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY callbacks_read ON callbacks FOR SELECT USING (EXISTS (SELECT FROM cases WHERE cases.id = case_id));
--> statement-breakpoint
CREATE POLICY callbacks_arrive ON callbacks FOR INSERT WITH CHECK (EXISTS (SELECT FROM cases WHERE cases.id = case_id));
--> statement-breakpoint
CREATE POLICY callbacks_erase ON callbacks FOR UPDATE USING (EXISTS (SELECT FROM cases WHERE cases.id = case_id));
--> statement-breakpoint
ALTER TABLE audit_log ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE audit_log FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY audit_log_add ON audit_log FOR INSERT WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY audit_log_read ON audit_log FOR SELECT USING (sees_everything());
--> statement-breakpoint
CREATE FUNCTION keep_as_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = '23514', CONSTRAINT = 'append_only';
END $$;
--> statement-breakpoint
CREATE TRIGGER audit_log_kept BEFORE UPDATE OR DELETE ON audit_log FOR EACH STATEMENT EXECUTE FUNCTION keep_as_written();
--> statement-breakpoint
CREATE TRIGGER audit_log_not_emptied BEFORE TRUNCATE ON audit_log FOR EACH STATEMENT EXECUTE FUNCTION keep_as_written();
--> statement-breakpoint
CREATE TRIGGER standing_changes_kept BEFORE UPDATE OR DELETE ON standing_changes FOR EACH STATEMENT EXECUTE FUNCTION keep_as_written();
--> statement-breakpoint
-- An approved report stays as it was signed: it may be published, nothing else.
CREATE FUNCTION keep_approved_report() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state <> 'draft' AND (TG_OP = 'DELETE'
      OR NOT (OLD.state = 'approved' AND NEW.state = 'published')
      OR (to_jsonb(NEW) - 'state' - 'published_by' - 'published_at') <> (to_jsonb(OLD) - 'state' - 'published_by' - 'published_at')) THEN
    RAISE EXCEPTION 'an approved report does not change' USING ERRCODE = '23514', CONSTRAINT = 'approved_report_kept';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
--> statement-breakpoint
CREATE TRIGGER approved_report_kept BEFORE UPDATE OR DELETE ON reports
  FOR EACH ROW EXECUTE FUNCTION keep_approved_report();
--> statement-breakpoint
-- Where the reference data was loaded before it named the body that follows the whole commune.
UPDATE agencies SET coordinates = true WHERE code = 'phong-van-hoa-xa-hoi';
