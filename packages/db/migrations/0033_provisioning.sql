CREATE TABLE "change_heads" (
	"workspace_id" text PRIMARY KEY NOT NULL,
	"seq" bigint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "checkpoints" (
	"workspace_id" text NOT NULL,
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "checkpoints_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"uid" uuid NOT NULL,
	"name" text NOT NULL,
	"description" text,
	"change_seq" bigint NOT NULL,
	"content" jsonb NOT NULL,
	"size_bytes" bigint NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "infras" (
	"workspace_id" text NOT NULL,
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "infras_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"name" text NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "infras_ws_id" UNIQUE("workspace_id","id"),
	CONSTRAINT "infras_name" UNIQUE("workspace_id","name")
);
--> statement-breakpoint
CREATE TABLE "resource_changes" (
	"workspace_id" text NOT NULL,
	"seq" bigint NOT NULL,
	"resource_id" bigint NOT NULL,
	"run_id" bigint NOT NULL,
	"action" text NOT NULL,
	"before" jsonb,
	"after" jsonb,
	"undone_by_run_id" bigint,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "resource_changes_workspace_id_seq_pk" PRIMARY KEY("workspace_id","seq"),
	CONSTRAINT "resource_changes_action" CHECK (action in ('create', 'update', 'delete')),
	CONSTRAINT "resource_changes_states" CHECK ((before is null) = (action = 'create') and (after is null) = (action = 'delete'))
);
--> statement-breakpoint
CREATE TABLE "resources" (
	"workspace_id" text NOT NULL,
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "resources_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"infra_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"provider" text NOT NULL,
	"connection_id" bigint NOT NULL,
	"external_id" text,
	"state" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp with time zone,
	CONSTRAINT "resources_ws_id" UNIQUE("workspace_id","id"),
	CONSTRAINT "resources_kind" CHECK (kind in ('server', 'taskserv', 'cluster'))
);
--> statement-breakpoint
ALTER TABLE "workers" ADD COLUMN "tools" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "resource_changes" ADD CONSTRAINT "resource_changes_workspace_id_resource_id_resources_workspace_id_id_fk" FOREIGN KEY ("workspace_id","resource_id") REFERENCES "public"."resources"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resource_changes" ADD CONSTRAINT "resource_changes_workspace_id_run_id_runs_workspace_id_id_fk" FOREIGN KEY ("workspace_id","run_id") REFERENCES "public"."runs"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resource_changes" ADD CONSTRAINT "resource_changes_workspace_id_undone_by_run_id_runs_workspace_id_id_fk" FOREIGN KEY ("workspace_id","undone_by_run_id") REFERENCES "public"."runs"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resources" ADD CONSTRAINT "resources_workspace_id_infra_id_infras_workspace_id_id_fk" FOREIGN KEY ("workspace_id","infra_id") REFERENCES "public"."infras"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resources" ADD CONSTRAINT "resources_workspace_id_connection_id_connections_workspace_id_id_fk" FOREIGN KEY ("workspace_id","connection_id") REFERENCES "public"."connections"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "checkpoints_uid" ON "checkpoints" USING btree ("uid");--> statement-breakpoint
CREATE INDEX "checkpoints_list" ON "checkpoints" USING btree ("workspace_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "resource_changes_run" ON "resource_changes" USING btree ("workspace_id","run_id");--> statement-breakpoint
CREATE INDEX "resource_changes_resource" ON "resource_changes" USING btree ("workspace_id","resource_id","seq");--> statement-breakpoint
CREATE UNIQUE INDEX "resources_name" ON "resources" USING btree ("workspace_id","infra_id","kind","name") WHERE deleted_at is null;