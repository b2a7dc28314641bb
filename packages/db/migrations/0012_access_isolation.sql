-- What people and programs may do, isolated like the rest. Deeds on a person's own account have no workspace; they
-- pass through functions.

-- Gives functions to their owner and to the application: `queue_*` to the queue's role, all others to the system's.
create function publish_functions(names text[]) returns void language plpgsql as $$
declare f record;
begin
  grant create on schema public to signalbox_system, signalbox_queue;
  for f in select p.oid::regprocedure as signature, p.proname from pg_proc p
    where p.pronamespace = 'public'::regnamespace and p.proname = any (names)
  loop
    execute format('revoke all on function %s from public', f.signature);
    execute format('grant execute on function %s to signalbox_app', f.signature);
    execute format('alter function %s owner to %s', f.signature,
      case when f.proname like 'queue\_%' then 'signalbox_queue' else 'signalbox_system' end);
  end loop;
  revoke create on schema public from signalbox_system, signalbox_queue;
end $$;
--> statement-breakpoint
revoke all on function publish_functions(text[]) from public;
--> statement-breakpoint

select protect_table('api_keys');
--> statement-breakpoint
select protect_table('invitations');
--> statement-breakpoint
select protect_table('usage_periods');
--> statement-breakpoint
grant select, insert, update on api_keys, invitations, usage_periods to signalbox_app;
--> statement-breakpoint

-- Of no workspace: only the functions of the system role reach these.
alter table recovery_codes enable row level security;
--> statement-breakpoint
alter table recovery_codes force row level security;
--> statement-breakpoint
create policy system on recovery_codes to signalbox_system using (true) with check (true);
--> statement-breakpoint
alter table setup_links enable row level security;
--> statement-breakpoint
alter table setup_links force row level security;
--> statement-breakpoint
create policy system on setup_links to signalbox_system using (true) with check (true);
--> statement-breakpoint
grant select, insert, update, delete on recovery_codes, setup_links to signalbox_system;
--> statement-breakpoint

-- The counters of the limiter hold hashes and numbers, and are the application's own.
alter table rate_limits enable row level security;
--> statement-breakpoint
alter table rate_limits force row level security;
--> statement-breakpoint
create policy application on rate_limits to signalbox_app using (true) with check (true);
--> statement-breakpoint
grant select, insert, update, delete on rate_limits to signalbox_app;
--> statement-breakpoint

-- A deed on one's own account is told in every workspace one is a member of, in the transaction of the deed.
create policy system_write on audit_entries for insert to signalbox_system with check (true);
--> statement-breakpoint
grant insert on audit_entries to signalbox_system;
--> statement-breakpoint
create function auth_audit(p_user_id bigint, p_action text, p_details jsonb, p_request_id text)
returns void language sql security definer set search_path = public, pg_temp as $$
  insert into audit_entries (workspace_id, actor_kind, actor_name, action, object_kind, object_id, details, request_id)
  select m.workspace_id, 'user', u.username, p_action, 'user', u.id::text, p_details, p_request_id
  from users u join members m on m.user_id = u.id and m.removed_at is null
  where u.id = p_user_id
  order by m.workspace_id
$$;
--> statement-breakpoint
select publish_functions(array['auth_audit']);
