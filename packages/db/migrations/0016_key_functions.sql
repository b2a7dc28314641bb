-- API keys: a call with one is looked up before its workspace is known, so it passes through functions that answer for
-- one id and no other.
create policy system_read on api_keys for select to signalbox_system using (true);
--> statement-breakpoint
create policy system_touch on api_keys for update to signalbox_system using (true) with check (true);
--> statement-breakpoint
grant select on api_keys to signalbox_system;
--> statement-breakpoint
grant update (last_used_at, last_used_from) on api_keys to signalbox_system;
--> statement-breakpoint
-- Who knows the id does not know the key: the hashes are compared by the caller, in constant time. A key that is revoked
-- or expired answers its row as well, so that every known id costs the same.
create function auth_api_key(p_id text)
returns table (id text, workspace_id text, workspace_name text, tier text, name text, secret_hash bytea,
  previous_hash bytea, capabilities text[], may_act_for boolean, live boolean, last_used_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select k.id, k.workspace_id, w.name, w.tier, k.name, k.secret_hash,
    case when k.previous_until > now() then k.previous_hash end, k.capabilities, k.may_act_for,
    k.revoked_at is null and (k.expires_at is null or k.expires_at > now()), k.last_used_at
  from api_keys k join workspaces w on w.id = k.workspace_id
  where k.id = p_id
$$;
--> statement-breakpoint
-- The condition stands here too: of many calls at once, one writes.
create function auth_touch_api_key(p_id text, p_address text)
returns void language sql security definer set search_path = public, pg_temp as $$
  update api_keys set last_used_at = now(), last_used_from = p_address
  where id = p_id and revoked_at is null and (last_used_at is null or last_used_at < now() - interval '1 minute')
$$;
--> statement-breakpoint
-- The member a key acts for. The workspace is the one of the transaction, so a key finds members of its own only.
create function system_member_named(p_username_norm text)
returns table (user_id bigint, username text, role text, all_tenants boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select u.id, u.username, m.role, m.all_tenants
  from members m join users u on u.id = m.user_id
  where m.workspace_id = nullif(current_setting('app.workspace', true), '')
    and m.removed_at is null and u.disabled_at is null and u.username_norm = p_username_norm
$$;
--> statement-breakpoint
select publish_functions(array['auth_api_key', 'auth_touch_api_key', 'system_member_named']);
