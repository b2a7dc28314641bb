-- What depends on what within a batch is written once.
select protect_table('plan_edges');
--> statement-breakpoint
grant select, insert on plan_edges to signalbox_app;
