-- What is provisioned belongs to a workspace, like every other row of one.
select protect_table(t) from unnest(array['infras', 'resources', 'change_heads', 'resource_changes',
  'checkpoints']::regclass[]) as t;
--> statement-breakpoint
grant select, insert on infras, checkpoints to signalbox_app;
--> statement-breakpoint
grant select, insert, update on resources, change_heads to signalbox_app;
--> statement-breakpoint
-- A change is only ever added; the one thing told of it later is which run took it back.
grant select, insert, update (undone_by_run_id) on resource_changes to signalbox_app;
