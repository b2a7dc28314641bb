-- Isolation: row-level security on every table, and the short list of functions that work without a workspace.
-- Roles are made by migrate.ts before this runs, since they belong to the cluster and not to the database.

-- The second wall. `current_setting(..., true)` is null outside a workspace transaction, and then no row matches.
create function protect_table(target regclass) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format(
    'create policy workspace on %s using (workspace_id = nullif(current_setting(''app.workspace'', true), ''''))'
    ' with check (workspace_id = nullif(current_setting(''app.workspace'', true), ''''))', target);
end $$;
--> statement-breakpoint
revoke all on function protect_table(regclass) from public;
--> statement-breakpoint
do $$
declare t regclass;
begin
  for t in
    select c.oid::regclass from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attname = 'workspace_id' and not a.attisdropped
  loop
    perform protect_table(t);
  end loop;
end $$;
--> statement-breakpoint
alter table workspaces enable row level security;
--> statement-breakpoint
alter table workspaces force row level security;
--> statement-breakpoint
create policy workspace on workspaces
  using (id = nullif(current_setting('app.workspace', true), ''))
  with check (id = nullif(current_setting('app.workspace', true), ''));
--> statement-breakpoint

-- Every write of a run is an update of its row; room on its page keeps most of them out of the indexes.
alter table runs set (fillfactor = 70);
--> statement-breakpoint

-- What the application may do. Audit rows, versions, events and logs are never changed by it.
grant usage on schema public to signalbox_app, signalbox_system, signalbox_queue;
--> statement-breakpoint
grant select, insert, update on workspaces, members, tenants, connections, policies, backup_sets, runs, run_steps, run_items
  to signalbox_app;
--> statement-breakpoint
grant select, insert, delete on member_tenants, scope_claims to signalbox_app;
--> statement-breakpoint
grant select, insert, update, delete on idempotency_keys to signalbox_app;
--> statement-breakpoint
grant select, insert on audit_entries, policy_versions, backup_items, restore_previews, run_events, run_logs to signalbox_app;
--> statement-breakpoint
grant select, insert, update, delete on workers to signalbox_app;
--> statement-breakpoint

-- People, sign-ins and signing keys: no grant to the application, only the functions below.
alter table users enable row level security;
--> statement-breakpoint
alter table users force row level security;
--> statement-breakpoint
create policy system on users to signalbox_system using (true) with check (true);
--> statement-breakpoint
alter table sessions enable row level security;
--> statement-breakpoint
alter table sessions force row level security;
--> statement-breakpoint
create policy system on sessions to signalbox_system using (true) with check (true);
--> statement-breakpoint
alter table signing_keys enable row level security;
--> statement-breakpoint
alter table signing_keys force row level security;
--> statement-breakpoint
create policy system on signing_keys to signalbox_system using (true) with check (true);
--> statement-breakpoint
create policy system_read on workspaces for select to signalbox_system using (true);
--> statement-breakpoint
create policy system_read on members for select to signalbox_system using (true);
--> statement-breakpoint
create policy system_read on runs for select to signalbox_system using (true);
--> statement-breakpoint
grant select, insert, update on users, sessions, signing_keys to signalbox_system;
--> statement-breakpoint
grant select on workspaces, members, runs to signalbox_system;
--> statement-breakpoint

create function auth_create_user(p_uid uuid, p_username text, p_username_norm text, p_email text, p_password_hash text)
returns bigint language sql security definer set search_path = public, pg_temp as $$
  insert into users (uid, username, username_norm, email, password_hash)
  values (p_uid, p_username, p_username_norm, p_email, p_password_hash)
  on conflict (username_norm) do nothing returning id
$$;
--> statement-breakpoint
create function auth_find_user(p_username_norm text)
returns table (id bigint, uid uuid, username text, email text, password_hash text)
language sql stable security definer set search_path = public, pg_temp as $$
  select id, uid, username, email, password_hash from users where username_norm = p_username_norm and disabled_at is null
$$;
--> statement-breakpoint
create function auth_open_session(p_user_id bigint, p_jti uuid, p_secret_hash bytea, p_idle interval, p_life interval)
returns bigint language sql security definer set search_path = public, pg_temp as $$
  insert into sessions (user_id, jti, secret_hash, idle_at, ends_at)
  values (p_user_id, p_jti, p_secret_hash, now() + p_idle, now() + p_life) returning id
$$;
--> statement-breakpoint
create function auth_live_session(p_jti uuid, p_secret_hash bytea)
returns table (session_id bigint, user_id bigint, uid uuid, username text, email text, idle_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select s.id, u.id, u.uid, u.username, u.email, s.idle_at
  from sessions s join users u on u.id = s.user_id
  where (s.jti = p_jti or s.secret_hash = p_secret_hash)
    and s.revoked_at is null and s.idle_at > now() and s.ends_at > now() and u.disabled_at is null
$$;
--> statement-breakpoint
create function auth_touch_session(p_session_id bigint, p_idle interval)
returns void language sql security definer set search_path = public, pg_temp as $$
  update sessions set idle_at = now() + p_idle where id = p_session_id and revoked_at is null
$$;
--> statement-breakpoint
create function auth_end_session(p_session_id bigint)
returns void language sql security definer set search_path = public, pg_temp as $$
  update sessions set revoked_at = now() where id = p_session_id and revoked_at is null
$$;
--> statement-breakpoint
create function auth_memberships(p_user_id bigint)
returns table (workspace_id text, name text, tier text, role text, all_tenants boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select m.workspace_id, w.name, w.tier, m.role, m.all_tenants
  from members m join workspaces w on w.id = m.workspace_id
  where m.user_id = p_user_id and m.removed_at is null
  order by m.created_at, m.workspace_id
$$;
--> statement-breakpoint
create function auth_signing_keys()
returns table (kid text, public_jwk jsonb, sealed_private_jwk bytea)
language sql stable security definer set search_path = public, pg_temp as $$
  select kid, public_jwk, sealed_private_jwk from signing_keys where retired_at is null order by created_at desc, kid
$$;
--> statement-breakpoint
-- The first process that starts makes the key; the lock lets the others see it instead of making their own.
create function auth_add_first_signing_key(p_kid text, p_public_jwk jsonb, p_sealed_private_jwk bytea)
returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform pg_advisory_xact_lock(hashtext('signalbox.signing_keys'));
  if not exists (select from signing_keys where retired_at is null) then
    insert into signing_keys (kid, public_jwk, sealed_private_jwk) values (p_kid, p_public_jwk, p_sealed_private_jwk);
  end if;
end $$;
--> statement-breakpoint

-- The sweeper looks over all workspaces, but sees ids only.
create function system_expired_leases(p_limit integer)
returns table (workspace_id text, run_id bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select workspace_id, id from runs
  where status = 'running' and lease_expires_at < now() order by lease_expires_at limit p_limit
$$;
--> statement-breakpoint
-- Page by page, so that a backlog of any length is seen to its end.
create function system_due_runs(p_grace interval, p_after timestamptz, p_after_id bigint, p_limit integer)
returns table (workspace_id text, run_id bigint, wake_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select r.workspace_id, r.id, r.wake_at from runs r
  where r.status = 'queued' and r.wake_at < now() - p_grace and (r.wake_at, r.id) > (p_after, p_after_id)
  order by r.wake_at, r.id limit p_limit
$$;
--> statement-breakpoint
-- What changed lately, for live hints: ids and sequence numbers only.
create function system_run_heads(p_run_ids bigint[])
returns table (workspace_id text, run_id bigint, event_seq integer)
language sql stable security definer set search_path = public, pg_temp as $$
  select workspace_id, id, event_seq from runs where id = any (p_run_ids)
$$;
--> statement-breakpoint

-- The queue: entered and mended only through these, which own nothing but the queue's schema.
create function queue_enqueue_runs(p_workspace text, p_run_ids bigint[], p_run_at timestamptz[], p_priority integer[])
returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform graphile_worker.add_jobs(array(
    select row('run', json_build_object('workspaceId', p_workspace, 'runId', j.run_id), null, j.run_at, 1,
               'run:' || j.run_id, j.priority, null)::graphile_worker.job_spec
    from unnest(p_run_ids, p_run_at, p_priority) as j (run_id, run_at, priority)));
end $$;
--> statement-breakpoint
-- Jobs that will still wake somebody: free ones, and those taken lately. One that has been locked for longer may
-- belong to a claim whose reply was lost.
create function queue_present_keys(p_keys text[], p_lock_age interval) returns setof text
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query select j.key from graphile_worker._private_jobs j
    where j.key = any (p_keys) and (j.is_available or j.locked_at > now() - p_lock_age);
end $$;
--> statement-breakpoint
-- Gives the jobs of dead pools back. Our jobs have one attempt, so a mere unlock would leave them unavailable for
-- ever; those that were replaced meanwhile (no key) have nothing left to say.
create function queue_unlock_workers(p_pool_ids text[]) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from graphile_worker._private_jobs j
    where (j.locked_by = any (p_pool_ids) and j.key is null) or (j.locked_at is null and not j.is_available);
  update graphile_worker._private_jobs j set locked_at = null, locked_by = null, attempts = greatest(0, j.attempts - 1)
    where j.locked_by = any (p_pool_ids);
end $$;
--> statement-breakpoint

grant create on schema public to signalbox_system, signalbox_queue;
--> statement-breakpoint
do $$
declare f record;
begin
  for f in select p.oid::regprocedure as signature, p.proname from pg_proc p
    where p.pronamespace = 'public'::regnamespace and p.proname ~ '^(auth|system|queue)_'
  loop
    execute format('revoke all on function %s from public', f.signature);
    execute format('grant execute on function %s to signalbox_app', f.signature);
    execute format('alter function %s owner to %s', f.signature,
      case when f.proname like 'queue\_%' then 'signalbox_queue' else 'signalbox_system' end);
  end loop;
end $$;
--> statement-breakpoint
revoke create on schema public from signalbox_system, signalbox_queue;
