ALTER TABLE "plan_items" DROP CONSTRAINT "plan_items_status";--> statement-breakpoint
ALTER TABLE "plan_items" DROP CONSTRAINT "plan_items_finished";--> statement-breakpoint
ALTER TABLE "plans" DROP CONSTRAINT "plans_kind";--> statement-breakpoint
ALTER TABLE "plans" DROP CONSTRAINT "plans_status";--> statement-breakpoint
ALTER TABLE "plan_items" ALTER COLUMN "source_run_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "plans" ALTER COLUMN "action" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "plan_items" ADD COLUMN "input" jsonb;--> statement-breakpoint
CREATE INDEX "plan_items_admitted" ON "plan_items" USING btree ("workspace_id","run_id") WHERE status = 'admitted';--> statement-breakpoint
ALTER TABLE "plan_items" ADD CONSTRAINT "plan_items_work" CHECK ((source_run_id is null) = (input is not null));--> statement-breakpoint
ALTER TABLE "plan_items" ADD CONSTRAINT "plan_items_admitted" CHECK (status <> 'admitted' or run_id is not null);--> statement-breakpoint
ALTER TABLE "plan_items" ADD CONSTRAINT "plan_items_status" CHECK (status in ('waiting', 'admitted', 'done', 'failed', 'skipped', 'aborted'));--> statement-breakpoint
ALTER TABLE "plan_items" ADD CONSTRAINT "plan_items_finished" CHECK ((finished_at is null) = (status in ('waiting', 'admitted')));--> statement-breakpoint
ALTER TABLE "plans" ADD CONSTRAINT "plans_bulk" CHECK ((kind = 'bulk') = (action is not null) and (kind <> 'bulk' or status <> 'failed'));--> statement-breakpoint
ALTER TABLE "plans" ADD CONSTRAINT "plans_kind" CHECK (kind in ('bulk', 'bootstrap'));--> statement-breakpoint
ALTER TABLE "plans" ADD CONSTRAINT "plans_status" CHECK (status in ('working', 'completed', 'failed', 'aborted'));