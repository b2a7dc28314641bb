select protect_table('saved_views');
--> statement-breakpoint
grant select, insert, update, delete on saved_views to signalbox_app;
