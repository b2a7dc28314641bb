-- Sessions that are rotated, listed and ended; keys that are rotated; the first owner.

-- Within the grace after a rotation the old token still works: whoever holds it can have its successor by asking, so
-- refusing it would protect nothing and fail the calls that were under way.
create or replace function auth_live_session(p_jti uuid, p_secret_hash bytea)
returns table (session_id bigint, user_id bigint, uid uuid, username text, email text, idle_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select s.id, u.id, u.uid, u.username, u.email, s.idle_at
  from sessions s join users u on u.id = s.user_id
  where (s.jti = p_jti or s.secret_hash = p_secret_hash
      or (s.prev_jti = p_jti and s.rotated_at > now() - interval '10 seconds'))
    and s.revoked_at is null and s.idle_at > now() and s.ends_at > now() and u.disabled_at is null
$$;
--> statement-breakpoint
create or replace function auth_touch_session(p_session_id bigint, p_idle interval)
returns void language sql security definer set search_path = public, pg_temp as $$
  update sessions set idle_at = now() + p_idle, last_seen_at = now() where id = p_session_id and revoked_at is null
$$;
--> statement-breakpoint
create function auth_note_session(p_session_id bigint, p_user_agent text, p_address text)
returns void language sql security definer set search_path = public, pg_temp as $$
  update sessions set user_agent = left(p_user_agent, 400), address = left(p_address, 64) where id = p_session_id
$$;
--> statement-breakpoint
-- One row when there is a successor. The row lock makes parallel refreshes of one token take turns: the first one
-- rotates, the others find the rotation and get what it made. A token that is neither the present nor the last one was
-- replaced earlier; somebody else holds the newer ones.
create function auth_refresh_session(p_session_id bigint, p_jti uuid, p_uid uuid, p_next_jti uuid, p_grace interval,
  p_idle interval, p_request_id text)
returns table (jti uuid, issued_at timestamptz)
language plpgsql security definer set search_path = public, pg_temp as $$
declare s sessions;
begin
  select x.* into s from sessions x
    where x.id = p_session_id and x.revoked_at is null and x.idle_at > now() and x.ends_at > now()
      and exists (select from users u where u.id = x.user_id and u.uid = p_uid and u.disabled_at is null)
    for update of x;
  if not found then
    return;
  end if;
  if s.jti = p_jti then
    update sessions x set prev_jti = x.jti, jti = p_next_jti, rotated_at = clock_timestamp(), idle_at = now() + p_idle,
      last_seen_at = now() where x.id = s.id returning x.jti, x.rotated_at into s.jti, s.rotated_at;
  elsif s.prev_jti is distinct from p_jti or s.rotated_at <= clock_timestamp() - p_grace then
    update sessions x set revoked_at = now() where x.id = s.id;
    perform auth_audit(s.user_id, 'account.token_reused', jsonb_build_object('sessionId', s.id), p_request_id);
    return;
  end if;
  return query select s.jti, s.rotated_at;
end $$;
--> statement-breakpoint
create function auth_sessions(p_user_id bigint, p_limit integer)
returns table (id bigint, console boolean, user_agent text, address text, created_at timestamptz,
  last_seen_at timestamptz, idle_at timestamptz, ends_at timestamptz, total integer)
language sql stable security definer set search_path = public, pg_temp as $$
  select s.id, s.secret_hash is not null, s.user_agent, s.address, s.created_at, s.last_seen_at,
    least(s.idle_at, s.ends_at), s.ends_at, (count(*) over ())::integer
  from sessions s
  where s.user_id = p_user_id and s.revoked_at is null and s.idle_at > now() and s.ends_at > now()
  order by s.last_seen_at desc, s.id desc limit p_limit
$$;
--> statement-breakpoint
-- Ends one session of a person, or all but one.
create function auth_end_sessions(p_user_id bigint, p_only bigint, p_except bigint)
returns setof bigint language sql security definer set search_path = public, pg_temp as $$
  update sessions set revoked_at = now()
  where user_id = p_user_id and revoked_at is null and idle_at > now() and ends_at > now()
    and (p_only is null or id = p_only) and (p_except is null or id <> p_except)
    and num_nonnulls(p_only, p_except) = 1
  returning id
$$;
--> statement-breakpoint
-- However a session ends, its open streams hear of it when the transaction commits.
create function tell_ended_session() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  perform pg_notify('signalbox_sessions', new.id::text);
  return null;
end $$;
--> statement-breakpoint
create trigger sessions_ended after update of revoked_at on sessions for each row
  when (old.revoked_at is null and new.revoked_at is not null) execute function tell_ended_session();
--> statement-breakpoint
create function end_sessions_of_disabled() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update sessions set revoked_at = now() where user_id = new.id and revoked_at is null;
  return null;
end $$;
--> statement-breakpoint
create trigger users_disabled after update of disabled_at on users for each row
  when (old.disabled_at is null and new.disabled_at is not null) execute function end_sessions_of_disabled();
--> statement-breakpoint

create function auth_password_hash(p_user_id bigint)
returns text language sql stable security definer set search_path = public, pg_temp as $$
  select password_hash from users where id = p_user_id and disabled_at is null
$$;
--> statement-breakpoint
-- How many other sessions ended; null when the password or the session is not the expected one any more.
create function auth_change_password(p_user_id bigint, p_session_id bigint, p_expected_hash text, p_next_hash text,
  p_jti uuid, p_secret_hash bytea)
returns integer language plpgsql security definer set search_path = public, pg_temp as $$
declare ended integer;
begin
  update users set password_hash = p_next_hash, password_changed_at = now()
    where id = p_user_id and password_hash = p_expected_hash and disabled_at is null
      and exists (select from sessions s where s.id = p_session_id and s.user_id = p_user_id and s.revoked_at is null);
  if not found then
    return null;
  end if;
  update sessions set jti = p_jti, prev_jti = null, rotated_at = null,
      secret_hash = case when secret_hash is null then null else p_secret_hash end
    where id = p_session_id and user_id = p_user_id and revoked_at is null;
  if not found then
    raise exception 'the session of a password change has ended' using errcode = 'serialization_failure';
  end if;
  select count(*) into ended from auth_end_sessions(p_user_id, null, p_session_id);
  return ended;
end $$;
--> statement-breakpoint

drop function auth_add_first_signing_key(text, jsonb, bytea);
--> statement-breakpoint
drop function auth_signing_keys();
--> statement-breakpoint
-- Ages on the database's clock, in seconds, so that processes with clocks of their own agree on them.
create function auth_signing_keys()
returns table (kid text, public_jwk jsonb, sealed_private_jwk bytea, age float8, superseded float8)
language sql stable security definer set search_path = public, pg_temp as $$
  select k.kid, k.public_jwk, k.sealed_private_jwk, extract(epoch from now() - k.created_at)::float8,
    extract(epoch from now() - lead(k.created_at) over (order by k.created_at, k.kid))::float8
  from signing_keys k where k.retired_at is null
  order by k.created_at desc, k.kid desc
$$;
--> statement-breakpoint
-- The lock lets the others see a new key instead of making their own.
create function auth_rotate_signing_key(p_kid text, p_public_jwk jsonb, p_sealed_private_jwk bytea,
  p_if_older_than float8, p_revoke_old boolean)
returns boolean language plpgsql security definer set search_path = public, pg_temp as $$
declare first boolean;
begin
  perform pg_advisory_xact_lock(hashtext('signalbox.signing_keys'));
  if exists (select from signing_keys where retired_at is null
      and created_at > clock_timestamp() - make_interval(secs => p_if_older_than)) then
    return false;
  end if;
  first := not exists (select from signing_keys);
  if p_revoke_old then
    update signing_keys set retired_at = now(), sealed_private_jwk = null where retired_at is null;
  end if;
  insert into signing_keys (kid, public_jwk, sealed_private_jwk, created_at)
    values (p_kid, p_public_jwk, p_sealed_private_jwk, clock_timestamp());
  if not first then
    insert into audit_entries (workspace_id, actor_kind, actor_name, action, object_kind, object_id, details)
    select w.id, 'system', 'signing keys', case when p_revoke_old then 'signing_key.revoked' else 'signing_key.rotated' end,
      'signing_key', p_kid, '{}'
    from workspaces w order by w.id;
  end if;
  return true;
end $$;
--> statement-breakpoint
create function auth_tidy_signing_keys(p_private_goes_after float8, p_retires_after float8)
returns void language sql security definer set search_path = public, pg_temp as $$
  update signing_keys k set sealed_private_jwk = null,
    retired_at = case when o.superseded >= p_retires_after then now() else null end
  from auth_signing_keys() o
  where k.kid = o.kid and o.superseded >= p_private_goes_after
$$;
--> statement-breakpoint

create function auth_setup_needed()
returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select not exists (select from users)
$$;
--> statement-breakpoint
-- The lock makes starts, and uses of a link, take turns.
create function auth_offer_setup(p_secret_hash bytea, p_life interval)
returns boolean language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform pg_advisory_xact_lock(hashtext('signalbox.setup'));
  delete from setup_links;
  if exists (select from users) then
    return false;
  end if;
  insert into setup_links (secret_hash, expires_at) values (p_secret_hash, now() + p_life);
  return true;
end $$;
--> statement-breakpoint
create function auth_setup_open(p_secret_hash bytea)
returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from setup_links where secret_hash = p_secret_hash and used_at is null and expires_at > now())
    and not exists (select from users)
$$;
--> statement-breakpoint
create function auth_take_setup(p_secret_hash bytea)
returns boolean language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform pg_advisory_xact_lock(hashtext('signalbox.setup'));
  if exists (select from users) then
    return false;
  end if;
  update setup_links set used_at = now()
    where secret_hash = p_secret_hash and used_at is null and expires_at > now();
  return found;
end $$;
--> statement-breakpoint
select publish_functions(array['auth_live_session', 'auth_touch_session', 'auth_note_session', 'auth_refresh_session',
  'auth_sessions', 'auth_end_sessions', 'auth_password_hash', 'auth_change_password', 'auth_signing_keys',
  'auth_rotate_signing_key', 'auth_tidy_signing_keys', 'auth_setup_needed', 'auth_offer_setup', 'auth_setup_open',
  'auth_take_setup', 'end_sessions_of_disabled']);
