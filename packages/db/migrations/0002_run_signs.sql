ALTER TABLE "runs" ADD COLUMN "progress_message" text;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "progress_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "heartbeat_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "cancel_by" text;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "cancel_reason" text;--> statement-breakpoint
CREATE INDEX "run_events_story" ON "run_events" USING btree ("workspace_id","run_id","seq") WHERE kind in ('state', 'step');