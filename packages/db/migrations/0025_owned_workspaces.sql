-- How many workspaces somebody owns. One person's questions wait for each other until the end of the transaction, so
-- that a crowd of requests counts what the others made.
create function auth_owned_workspaces(p_user_id bigint) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform pg_advisory_xact_lock(hashtext('signalbox.owned_workspaces'), p_user_id::integer);
  return (select count(*)::integer from members m
    where m.user_id = p_user_id and m.role = 'owner' and m.removed_at is null);
end $$;
--> statement-breakpoint
select publish_functions(array['auth_owned_workspaces']);
