-- Says of a session whether its person has a second factor, and whether a code of it was given a moment ago.

drop function auth_live_session(uuid, bytea);
--> statement-breakpoint
create function auth_live_session(p_jti uuid, p_secret_hash bytea)
returns table (session_id bigint, user_id bigint, uid uuid, username text, email text, idle_at timestamptz,
  mfa_enabled boolean, mfa_at timestamptz, mfa_fresh boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select s.id, u.id, u.uid, u.username, u.email, s.idle_at, u.mfa_secret is not null, s.mfa_at,
    coalesce(s.mfa_at > now() - interval '5 minutes', false)
  from sessions s join users u on u.id = s.user_id
  where (s.jti = p_jti or s.secret_hash = p_secret_hash
      or (s.prev_jti = p_jti and s.rotated_at > now() - interval '10 seconds'))
    and s.revoked_at is null and s.idle_at > now() and s.ends_at > now() and u.disabled_at is null
$$;
--> statement-breakpoint
select publish_functions(array['auth_live_session']);
