-- Sign-in with a second factor. What must happen together stands in one function: a code is worth something only to the
-- transaction that uses it up.

drop function auth_find_user(text);
--> statement-breakpoint
create function auth_find_user(p_username_norm text)
returns table (id bigint, uid uuid, username text, email text, password_hash text, mfa_secret bytea)
language sql stable security definer set search_path = public, pg_temp as $$
  select id, uid, username, email, password_hash, mfa_secret from users
  where username_norm = p_username_norm and disabled_at is null
$$;
--> statement-breakpoint
-- Uses up a code: a step newer than every step used before, or a recovery code that was not used. The row lock of the
-- update makes parallel uses of one code take turns, and all but the first find it used.
create function auth_take_code(p_user_id bigint, p_mfa_secret bytea, p_step bigint, p_recovery_hash bytea)
returns boolean language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if p_step is not null then
    update users set mfa_last_step = p_step
      where id = p_user_id and mfa_secret = p_mfa_secret and (mfa_last_step is null or mfa_last_step < p_step);
  else
    update recovery_codes set used_at = now()
      where user_id = p_user_id and code_hash = p_recovery_hash and used_at is null
        and exists (select from users where id = p_user_id and mfa_secret = p_mfa_secret);
  end if;
  return found;
end $$;
--> statement-breakpoint
-- Opens a session if the user is still who the caller looked at, and the code, where one is due, was not used before.
create function auth_sign_in(p_user_id bigint, p_password_hash text, p_mfa_secret bytea, p_step bigint,
  p_recovery_hash bytea, p_jti uuid, p_secret_hash bytea, p_idle interval, p_life interval, p_user_agent text,
  p_address text, p_request_id text)
returns bigint language plpgsql security definer set search_path = public, pg_temp as $$
declare opened bigint;
begin
  perform from users where id = p_user_id and disabled_at is null and password_hash = p_password_hash
    and mfa_secret is not distinct from p_mfa_secret for update;
  if not found or (p_mfa_secret is not null and not auth_take_code(p_user_id, p_mfa_secret, p_step, p_recovery_hash)) then
    return null;
  end if;
  insert into sessions (user_id, jti, secret_hash, mfa_at, user_agent, address, idle_at, ends_at)
    values (p_user_id, p_jti, p_secret_hash, case when p_mfa_secret is not null then now() end, left(p_user_agent, 400),
      left(p_address, 64), now() + p_idle, now() + p_life)
    returning id into opened;
  perform auth_audit(p_user_id, 'account.signed_in', jsonb_build_object('sessionId', opened, 'address', p_address,
    'userAgent', left(p_user_agent, 400), 'factor', case when p_mfa_secret is null then 'password'
      when p_step is not null then 'code' else 'recovery_code' end), p_request_id);
  return opened;
end $$;
--> statement-breakpoint
-- Called for every refused sign-in. It writes for those who exist, in the workspaces they are members of; for others
-- the same statement finds nobody.
create function auth_sign_in_refused(p_username_norm text, p_details jsonb, p_request_id text)
returns void language sql security definer set search_path = public, pg_temp as $$
  insert into audit_entries (workspace_id, actor_kind, actor_name, action, object_kind, object_id, details, request_id)
  select m.workspace_id, 'user', u.username, 'account.sign_in_refused', 'user', u.id::text, p_details, p_request_id
  from users u join members m on m.user_id = u.id and m.removed_at is null
  where u.username_norm = p_username_norm
  order by m.workspace_id
$$;
--> statement-breakpoint

create function auth_second_factor(p_user_id bigint)
returns table (password_hash text, mfa_secret bytea, mfa_pending bytea, mfa_enabled_at timestamptz, codes_left integer)
language sql stable security definer set search_path = public, pg_temp as $$
  select u.password_hash, u.mfa_secret, u.mfa_pending, u.mfa_enabled_at,
    (select count(*) from recovery_codes c where c.user_id = u.id and c.used_at is null)::integer
  from users u where u.id = p_user_id and u.disabled_at is null
$$;
--> statement-breakpoint
create function auth_offer_factor(p_user_id bigint, p_password_hash text, p_pending bytea)
returns boolean language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update users set mfa_pending = p_pending
    where id = p_user_id and password_hash = p_password_hash and mfa_secret is null and disabled_at is null;
  return found;
end $$;
--> statement-breakpoint
create function auth_replace_recovery_codes(p_user_id bigint, p_mfa_secret bytea, p_code_hashes bytea[])
returns boolean language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform from users where id = p_user_id and mfa_secret = p_mfa_secret for update;
  if not found then
    return false;
  end if;
  delete from recovery_codes where user_id = p_user_id;
  insert into recovery_codes (user_id, code_hash) select p_user_id, unnest(p_code_hashes);
  return true;
end $$;
--> statement-breakpoint
-- Turns the pending secret into the second factor. The code that proved it counts as used. Sessions that were opened
-- without the factor end, all but the one it was proven in. Answers how many; null when the secret is not pending.
create function auth_enable_factor(p_user_id bigint, p_session_id bigint, p_pending bytea, p_mfa_secret bytea,
  p_step bigint, p_code_hashes bytea[])
returns integer language plpgsql security definer set search_path = public, pg_temp as $$
declare ended integer;
begin
  update users set mfa_secret = p_mfa_secret, mfa_pending = null, mfa_enabled_at = now(), mfa_last_step = p_step
    where id = p_user_id and mfa_pending = p_pending and mfa_secret is null and disabled_at is null;
  if not found then
    return null;
  end if;
  perform auth_replace_recovery_codes(p_user_id, p_mfa_secret, p_code_hashes);
  update sessions set mfa_at = now() where id = p_session_id and user_id = p_user_id;
  select count(*) into ended from auth_end_sessions(p_user_id, null, p_session_id);
  return ended;
end $$;
--> statement-breakpoint
create function auth_disable_factor(p_user_id bigint, p_password_hash text, p_mfa_secret bytea, p_step bigint,
  p_recovery_hash bytea)
returns boolean language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform from users where id = p_user_id and password_hash = p_password_hash for update;
  if not found or not auth_take_code(p_user_id, p_mfa_secret, p_step, p_recovery_hash) then
    return false;
  end if;
  update users set mfa_secret = null, mfa_pending = null, mfa_enabled_at = null, mfa_last_step = null
    where id = p_user_id;
  delete from recovery_codes where user_id = p_user_id;
  update sessions set mfa_at = null where user_id = p_user_id and mfa_at is not null;
  return true;
end $$;
--> statement-breakpoint
-- Marks a session: a code was given in it now. Null when the code was used before, or the session has ended.
create function auth_step_up(p_user_id bigint, p_session_id bigint, p_mfa_secret bytea, p_step bigint,
  p_recovery_hash bytea)
returns timestamptz language plpgsql security definer set search_path = public, pg_temp as $$
declare marked timestamptz;
begin
  if not auth_take_code(p_user_id, p_mfa_secret, p_step, p_recovery_hash) then
    return null;
  end if;
  update sessions set mfa_at = now() where id = p_session_id and user_id = p_user_id and revoked_at is null
    returning mfa_at into marked;
  return marked;
end $$;
--> statement-breakpoint
select publish_functions(array['auth_find_user', 'auth_take_code', 'auth_sign_in', 'auth_sign_in_refused',
  'auth_second_factor', 'auth_offer_factor', 'auth_replace_recovery_codes', 'auth_enable_factor', 'auth_disable_factor',
  'auth_step_up']);
