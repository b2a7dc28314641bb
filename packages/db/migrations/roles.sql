-- The roles of Signalbox. They belong to the cluster: making them again does nothing.
do $$
declare role_name text;
begin
  foreach role_name in array array['signalbox_app', 'signalbox_queue', 'signalbox_system'] loop
    if not exists (select from pg_roles where rolname = role_name) then
      begin
        execute format('create role %I nologin nobypassrls', role_name);
      exception when duplicate_object or unique_violation then null;
      end;
    end if;
    if not (select rolsuper from pg_roles where rolname = current_user) then
      execute format('grant %I to current_user', role_name);
    end if;
  end loop;
  execute format('grant create on database %I to signalbox_queue', current_database());
end $$;
