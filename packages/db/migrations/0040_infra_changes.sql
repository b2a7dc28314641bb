ALTER TABLE "infras" ADD COLUMN "changed_by" text;--> statement-breakpoint
ALTER TABLE "infras" ADD COLUMN "changed_at" timestamp with time zone;--> statement-breakpoint
-- Settings are given anew; a name never is.
grant update (changed_by, changed_at) on infras to signalbox_app;
