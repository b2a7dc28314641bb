CREATE TABLE "plan_edges" (
	"workspace_id" text NOT NULL,
	"plan_id" bigint NOT NULL,
	"item" bigint NOT NULL,
	"needs" bigint NOT NULL,
	CONSTRAINT "plan_edges_workspace_id_plan_id_item_needs_pk" PRIMARY KEY("workspace_id","plan_id","item","needs")
);
--> statement-breakpoint
ALTER TABLE "plans" DROP CONSTRAINT "plans_kind";--> statement-breakpoint
ALTER TABLE "plan_items" ADD COLUMN "because_item_id" bigint;--> statement-breakpoint
ALTER TABLE "plans" ADD COLUMN "name" text;--> statement-breakpoint
ALTER TABLE "plans" ADD COLUMN "parallel_limit" integer;--> statement-breakpoint
ALTER TABLE "plans" ADD COLUMN "rollback_enabled" boolean;--> statement-breakpoint
ALTER TABLE "plans" ADD COLUMN "parent_plan_id" bigint;--> statement-breakpoint
ALTER TABLE "plans" ADD COLUMN "undo_run_id" bigint;--> statement-breakpoint
ALTER TABLE "plans" ADD COLUMN "undo_problem" text;--> statement-breakpoint
ALTER TABLE "plan_items" ADD CONSTRAINT "plan_items_ws_id" UNIQUE("workspace_id","id");--> statement-breakpoint
ALTER TABLE "plan_edges" ADD CONSTRAINT "plan_edges_workspace_id_plan_id_plans_workspace_id_id_fk" FOREIGN KEY ("workspace_id","plan_id") REFERENCES "public"."plans"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_edges" ADD CONSTRAINT "plan_edges_workspace_id_item_plan_items_workspace_id_id_fk" FOREIGN KEY ("workspace_id","item") REFERENCES "public"."plan_items"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_edges" ADD CONSTRAINT "plan_edges_workspace_id_needs_plan_items_workspace_id_id_fk" FOREIGN KEY ("workspace_id","needs") REFERENCES "public"."plan_items"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_items" ADD CONSTRAINT "plan_items_workspace_id_because_item_id_plan_items_workspace_id_id_fk" FOREIGN KEY ("workspace_id","because_item_id") REFERENCES "public"."plan_items"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plans" ADD CONSTRAINT "plans_workspace_id_parent_plan_id_plans_workspace_id_id_fk" FOREIGN KEY ("workspace_id","parent_plan_id") REFERENCES "public"."plans"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plans" ADD CONSTRAINT "plans_workspace_id_undo_run_id_runs_workspace_id_id_fk" FOREIGN KEY ("workspace_id","undo_run_id") REFERENCES "public"."runs"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "plans_undo" ON "plans" USING btree ("workspace_id","undo_run_id") WHERE undo_run_id is not null;--> statement-breakpoint
ALTER TABLE "plan_items" ADD CONSTRAINT "plan_items_because" CHECK (because_item_id is null or status = 'skipped');--> statement-breakpoint
ALTER TABLE "plans" ADD CONSTRAINT "plans_batch" CHECK ((kind = 'batch') = (name is not null) and (kind = 'batch') = (parallel_limit is not null)
        and (kind = 'batch') = (rollback_enabled is not null) and parallel_limit between 1 and 100
        and (kind = 'batch' or num_nonnulls(parent_plan_id, undo_run_id, undo_problem) = 0));--> statement-breakpoint
ALTER TABLE "plans" ADD CONSTRAINT "plans_kind" CHECK (kind in ('bulk', 'bootstrap', 'batch'));