CREATE TABLE "plan_items" (
	"workspace_id" text NOT NULL,
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "plan_items_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"plan_id" bigint NOT NULL,
	"key" text NOT NULL,
	"position" integer NOT NULL,
	"operation" text NOT NULL,
	"tenant_id" bigint,
	"source_run_id" bigint NOT NULL,
	"status" text DEFAULT 'waiting' NOT NULL,
	"wait_cause" text,
	"wait_scope" text,
	"wait_since" timestamp with time zone,
	"wait_until" timestamp with time zone,
	"outcome" text,
	"reason" text,
	"message" text,
	"connection_id" bigint,
	"run_id" bigint,
	"tried_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	CONSTRAINT "plan_items_status" CHECK (status in ('waiting', 'done', 'failed', 'skipped', 'aborted')),
	CONSTRAINT "plan_items_outcome" CHECK (outcome in ('accepted', 'deduped', 'scope_busy', 'blocked', 'cancelled', 'cancel_requested')),
	CONSTRAINT "plan_items_wait_cause" CHECK (wait_cause in ('scope_busy', 'throttled')),
	CONSTRAINT "plan_items_finished" CHECK ((finished_at is null) = (status = 'waiting'))
);
--> statement-breakpoint
CREATE TABLE "plans" (
	"workspace_id" text NOT NULL,
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "plans_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"uid" uuid NOT NULL,
	"kind" text NOT NULL,
	"status" text DEFAULT 'working' NOT NULL,
	"action" text NOT NULL,
	"reason" text,
	"selection" jsonb NOT NULL,
	"initiator_user_id" bigint NOT NULL,
	"initiator_name" text NOT NULL,
	"request_id" text,
	"aborted_by" text,
	"abort_reason" text,
	"advanced_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "plans_ws_id" UNIQUE("workspace_id","id"),
	CONSTRAINT "plans_kind" CHECK (kind in ('bulk')),
	CONSTRAINT "plans_status" CHECK (status in ('working', 'completed', 'aborted')),
	CONSTRAINT "plans_finished" CHECK ((finished_at is null) = (status = 'working'))
);
--> statement-breakpoint
ALTER TABLE "plan_items" ADD CONSTRAINT "plan_items_workspace_id_plan_id_plans_workspace_id_id_fk" FOREIGN KEY ("workspace_id","plan_id") REFERENCES "public"."plans"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_items" ADD CONSTRAINT "plan_items_workspace_id_tenant_id_tenants_workspace_id_id_fk" FOREIGN KEY ("workspace_id","tenant_id") REFERENCES "public"."tenants"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_items" ADD CONSTRAINT "plan_items_workspace_id_source_run_id_runs_workspace_id_id_fk" FOREIGN KEY ("workspace_id","source_run_id") REFERENCES "public"."runs"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_items" ADD CONSTRAINT "plan_items_workspace_id_run_id_runs_workspace_id_id_fk" FOREIGN KEY ("workspace_id","run_id") REFERENCES "public"."runs"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_items" ADD CONSTRAINT "plan_items_workspace_id_connection_id_connections_workspace_id_id_fk" FOREIGN KEY ("workspace_id","connection_id") REFERENCES "public"."connections"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "plan_items_key" ON "plan_items" USING btree ("workspace_id","plan_id","key");--> statement-breakpoint
CREATE INDEX "plan_items_order" ON "plan_items" USING btree ("workspace_id","plan_id","position");--> statement-breakpoint
CREATE INDEX "plan_items_open" ON "plan_items" USING btree ("workspace_id","plan_id","position") WHERE status = 'waiting';--> statement-breakpoint
CREATE INDEX "plan_items_scope" ON "plan_items" USING btree ("workspace_id","wait_scope","wait_since","id") WHERE status = 'waiting' and wait_scope is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "plan_items_run" ON "plan_items" USING btree ("workspace_id","run_id") WHERE outcome = 'accepted';--> statement-breakpoint
CREATE UNIQUE INDEX "plans_uid" ON "plans" USING btree ("uid");--> statement-breakpoint
CREATE INDEX "plans_list" ON "plans" USING btree ("workspace_id","kind","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "plans_left" ON "plans" USING btree ("advanced_at") WHERE status = 'working';