-- Rotation of the envelope keys. `npm run keys` works as the role of the system, which only the login that migrates can
-- take: the application reads sealed values one workspace at a time, and no function hands all of them to it.
create policy system_seals on connections to signalbox_system using (true) with check (true);
--> statement-breakpoint
grant select (workspace_id, id, sealed_secret), update (sealed_secret) on connections to signalbox_system;
--> statement-breakpoint

-- The id of the key a value was sealed with; it stands at the beginning, after its length.
create function sealing_key(p_sealed bytea) returns text language sql immutable set search_path = public, pg_temp as $$
  select case when length(p_sealed) > 0
    then encode(substring(p_sealed from 2 for get_byte(p_sealed, 0)), 'escape') else '' end
$$;
--> statement-breakpoint
-- Which keys seal something, and how much: a process that starts without one of them says so.
create function system_sealing_keys() returns table (key_id text, sealed bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select sealing_key(s.sealed), count(*) from (
    select sealed_secret as sealed from connections
    union all select sealed_private_jwk from signing_keys
    union all select mfa_secret from users
    union all select mfa_pending from users
  ) s where s.sealed is not null group by 1 order by 1
$$;
--> statement-breakpoint
revoke all on function sealing_key(bytea) from public;
--> statement-breakpoint
grant execute on function sealing_key(bytea) to signalbox_system;
--> statement-breakpoint
select publish_functions(array['system_sealing_keys']);
