-- Planned work: rows of a workspace like every other, and how its advance is woken.
select protect_table('plans');
--> statement-breakpoint
select protect_table('plan_items');
--> statement-breakpoint
grant select, insert, update on plans, plan_items to signalbox_app;
--> statement-breakpoint
create policy system_read on plans for select to signalbox_system using (true);
--> statement-breakpoint
grant select on plans to signalbox_system;
--> statement-breakpoint

-- Plans that nobody has looked at for a while; the sweeper wakes them. Ids only.
create function system_left_plans(p_grace interval, p_limit integer)
returns table (workspace_id text, plan_id bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select p.workspace_id, p.id from plans p
  where p.status = 'working' and p.advanced_at < now() - p_grace order by p.advanced_at limit p_limit
$$;
--> statement-breakpoint
-- A wake-up for later has a key of its own, so that it never takes the place of one that is due.
create function queue_enqueue_plans(p_workspace text, p_plan_ids bigint[], p_run_at timestamptz)
returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform graphile_worker.add_jobs(array(
    select row('advance_plan', json_build_object('workspaceId', p_workspace, 'planId', j.plan_id), null, p_run_at, 1,
               'plan:' || j.plan_id || case when p_run_at > now() then ':later' else '' end, 0,
               null)::graphile_worker.job_spec
    from unnest(p_plan_ids) as j (plan_id)));
end $$;
--> statement-breakpoint

grant create on schema public to signalbox_system, signalbox_queue;
--> statement-breakpoint
do $$
declare f record;
begin
  for f in select p.oid::regprocedure as signature, p.proname from pg_proc p
    where p.pronamespace = 'public'::regnamespace and p.proname in ('system_left_plans', 'queue_enqueue_plans')
  loop
    execute format('revoke all on function %s from public', f.signature);
    execute format('grant execute on function %s to signalbox_app', f.signature);
    execute format('alter function %s owner to %s', f.signature,
      case when f.proname like 'queue\_%' then 'signalbox_queue' else 'signalbox_system' end);
  end loop;
end $$;
--> statement-breakpoint
revoke create on schema public from signalbox_system, signalbox_queue;
