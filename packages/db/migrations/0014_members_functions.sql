-- Members as people: the application sees no row of `users` itself. The workspace is the one of the transaction and no
-- parameter, so the second wall stands here too.
create function system_members(
  p_role text, p_text text, p_emails boolean, p_user_id bigint, p_after_name text, p_after_id bigint, p_limit integer)
returns table (user_id bigint, uid uuid, username text, name_key text, email text, role text, all_tenants boolean,
  since timestamptz, second_factor boolean, last_seen_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select u.id, u.uid, u.username, u.username_norm, u.email, m.role, m.all_tenants, m.created_at,
    u.mfa_enabled_at is not null,
    (select s.last_seen_at from sessions s where s.user_id = u.id order by s.last_seen_at desc limit 1)
  from members m join users u on u.id = m.user_id
  where m.workspace_id = nullif(current_setting('app.workspace', true), '') and m.removed_at is null
    and (p_role is null or m.role = p_role)
    and (p_user_id is null or m.user_id = p_user_id)
    and (p_text is null or position(lower(p_text) in u.username_norm) > 0
      or (p_emails and position(lower(p_text) in lower(u.email)) > 0))
    and (p_after_name is null or (u.username_norm, u.id) > (p_after_name, p_after_id))
  order by u.username_norm, u.id limit p_limit
$$;
--> statement-breakpoint
create policy system_read on invitations for select to signalbox_system using (true);
--> statement-breakpoint
grant select on invitations to signalbox_system;
--> statement-breakpoint
-- An invitation that can be taken, by the hash of its secret: who holds the link is of no workspace yet.
create function auth_open_invitation(p_secret_hash bytea)
returns table (id bigint, workspace_id text, workspace_name text, email text, role text, invited_by text,
  expires_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select i.id, i.workspace_id, w.name, i.email, i.role, i.invited_by, i.expires_at
  from invitations i join workspaces w on w.id = i.workspace_id
  where i.secret_hash = p_secret_hash and i.accepted_at is null and i.revoked_at is null and i.expires_at > now()
$$;
--> statement-breakpoint
select publish_functions(array['system_members', 'auth_open_invitation']);
