-- The events of batches and the tickets of event streams belong to a workspace, like every other row of one.
select protect_table(t) from unnest(array['plan_events', 'ws_tickets']::regclass[]) as t;
--> statement-breakpoint
grant select, insert on plan_events to signalbox_app;
--> statement-breakpoint
-- A ticket is written, and cleared away long after its end; only the function below reads its hash.
grant insert, delete, select (workspace_id, expires_at) on ws_tickets to signalbox_app;
--> statement-breakpoint
create policy system_take on ws_tickets to signalbox_system using (true);
--> statement-breakpoint
grant select, update (used_at) on ws_tickets to signalbox_system;
--> statement-breakpoint
-- Whoever shows a ticket first gets what it stands for. The row lock makes the others look again and find it used.
create function auth_take_ws_ticket(p_secret_hash bytea)
returns table (workspace_id text, session_id bigint, key_id text, user_id bigint, username text)
language sql security definer set search_path = public, pg_temp as $$
  update ws_tickets t set used_at = now()
  where t.secret_hash = p_secret_hash and t.used_at is null and t.expires_at > now()
  returning t.workspace_id, t.session_id, t.key_id, t.user_id, t.username
$$;
--> statement-breakpoint
-- Whether a session is still alive, for a stream that outlives the token it was opened with.
create function auth_session_lives(p_session_id bigint)
returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from sessions s join users u on u.id = s.user_id
    where s.id = p_session_id and s.revoked_at is null and s.idle_at > now() and s.ends_at > now()
      and u.disabled_at is null)
$$;
--> statement-breakpoint
select publish_functions(array['auth_take_ws_ticket', 'auth_session_lives']);
