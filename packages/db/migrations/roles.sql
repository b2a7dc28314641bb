-- The roles of Signalbox. They belong to the cluster: making them again does nothing.
do $$
declare
  role_name text;
  made boolean;
begin
  foreach role_name in array array['signalbox_app', 'signalbox_queue', 'signalbox_system'] loop
    made := false;
    if not exists (select from pg_roles where rolname = role_name) then
      begin
        execute format('create role %I nologin nobypassrls', role_name);
        made := true;
      exception when duplicate_object or unique_violation then null;
      end;
    end if;
    -- Who makes a role may administer it but not yet take it; who was given it needs nothing more.
    if made or not pg_has_role(current_user, role_name, 'member') then
      execute format('grant %I to current_user', role_name);
    end if;
  end loop;
  execute format('grant create on database %I to signalbox_queue', current_database());
end $$;
