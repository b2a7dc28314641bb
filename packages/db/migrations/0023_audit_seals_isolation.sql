-- Sealing and reading the audit. Neither entries nor seals are ever changed or removed by the application.
select protect_table('audit_seals');
--> statement-breakpoint
grant select, insert on audit_seals to signalbox_app;
--> statement-breakpoint
-- Digests do not compress.
alter table audit_seals alter column entry_digests set storage external;
--> statement-breakpoint

-- Entries are sealed by the transaction that wrote them, so nobody writes one in the name of another.
create policy own_transaction on audit_entries as restrictive for insert to signalbox_app, signalbox_system
  with check (transaction = pg_current_xact_id());
--> statement-breakpoint

create policy system_read on audit_entries for select to signalbox_system using (true);
--> statement-breakpoint
create policy system_read on audit_seals for select to signalbox_system using (true);
--> statement-breakpoint
grant select on audit_entries, audit_seals to signalbox_system;
--> statement-breakpoint

-- Workspaces with something to seal: entries after their last seal and below the oldest transaction still under way,
-- where nothing can appear any more. `ahead` is true when the last seal lies after every transaction of this server,
-- which happens when the data came from another one.
create function system_unsealed_workspaces(p_after text, p_limit integer)
returns table (workspace_id text, ahead boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select w.id, coalesce(s.last_transaction >= pg_snapshot_xmax(pg_current_snapshot()), false)
  from workspaces w
  left join lateral (
    select last_transaction, last_id from audit_seals where workspace_id = w.id order by number desc limit 1) s on true
  where w.id > p_after and (s.last_transaction >= pg_snapshot_xmax(pg_current_snapshot()) or exists (
    select from audit_entries e where e.workspace_id = w.id
      and (e.transaction, e.id) > (coalesce(s.last_transaction, '0'::xid8), coalesce(s.last_id, 0))
      and e.transaction < pg_snapshot_xmin(pg_current_snapshot())))
  order by w.id limit p_limit
$$;
--> statement-breakpoint
-- Every workspace, for the commands that go over all of them.
create function system_workspaces(p_after text, p_limit integer) returns setof text
language sql stable security definer set search_path = public, pg_temp as $$
  select id from workspaces where id > p_after order by id limit p_limit
$$;
--> statement-breakpoint
select publish_functions(array['system_unsealed_workspaces', 'system_workspaces']);
