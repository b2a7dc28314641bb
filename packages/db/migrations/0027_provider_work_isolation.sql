-- What is known of a tenant, its onboarding and what members are told: rows of a workspace like every other.
select protect_table(t) from unnest(array['groups', 'role_definitions', 'sync_states', 'compliance_snapshots',
  'consent_requests', 'onboarding_sessions', 'evidence', 'notifications']::regclass[]) as t;
--> statement-breakpoint
grant select, insert, update on sync_states, consent_requests, onboarding_sessions, notifications to signalbox_app;
--> statement-breakpoint
grant select, insert, update, delete on groups, role_definitions to signalbox_app;
--> statement-breakpoint
-- Observations are only ever added.
grant select, insert on evidence, compliance_snapshots to signalbox_app;
--> statement-breakpoint
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'Rows of % are only ever added.', tg_table_name using errcode = 'restrict_violation';
end $$;
--> statement-breakpoint
create trigger append_only before update or delete on evidence
  for each statement execute function refuse_change();
--> statement-breakpoint

-- The way back from a provider's page of consent carries only its state. Answers to which workspace it belongs.
create policy system_read on consent_requests for select to signalbox_system using (true);
--> statement-breakpoint
grant select on consent_requests to signalbox_system;
--> statement-breakpoint
create function system_find_consent(p_state_hash text) returns text
language sql stable security definer set search_path = public, pg_temp as $$
  select workspace_id from consent_requests where state_hash = p_state_hash
$$;
--> statement-breakpoint
select publish_functions(array['system_find_consent']);
