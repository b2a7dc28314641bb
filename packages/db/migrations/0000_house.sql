CREATE TABLE "member_tenants" (
	"workspace_id" text NOT NULL,
	"user_id" bigint NOT NULL,
	"tenant_id" bigint NOT NULL,
	CONSTRAINT "member_tenants_workspace_id_user_id_tenant_id_pk" PRIMARY KEY("workspace_id","user_id","tenant_id")
);
--> statement-breakpoint
CREATE TABLE "members" (
	"workspace_id" text NOT NULL,
	"user_id" bigint NOT NULL,
	"role" text NOT NULL,
	"all_tenants" boolean DEFAULT true NOT NULL,
	"removed_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "members_workspace_id_user_id_pk" PRIMARY KEY("workspace_id","user_id"),
	CONSTRAINT "members_role" CHECK (role in ('viewer', 'operator', 'manager', 'owner'))
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "sessions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"user_id" bigint NOT NULL,
	"jti" uuid NOT NULL,
	"secret_hash" "bytea",
	"idle_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "signing_keys" (
	"kid" text PRIMARY KEY NOT NULL,
	"public_jwk" jsonb NOT NULL,
	"sealed_private_jwk" "bytea" NOT NULL,
	"retired_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "users_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"uid" uuid NOT NULL,
	"username" text NOT NULL,
	"username_norm" text NOT NULL,
	"email" text NOT NULL,
	"password_hash" text NOT NULL,
	"disabled_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "workspaces" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"tier" text DEFAULT 'free' NOT NULL,
	"policy" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "workspaces_tier" CHECK (tier in ('free', 'pro'))
);
--> statement-breakpoint
CREATE TABLE "backup_items" (
	"workspace_id" text NOT NULL,
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "backup_items_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"set_id" bigint NOT NULL,
	"policy_version_id" bigint NOT NULL,
	"run_id" bigint NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "backup_items_ws_id" UNIQUE("workspace_id","id"),
	CONSTRAINT "backup_items_version" UNIQUE("workspace_id","set_id","policy_version_id")
);
--> statement-breakpoint
CREATE TABLE "backup_sets" (
	"workspace_id" text NOT NULL,
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "backup_sets_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"tenant_id" bigint NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "backup_sets_ws_id" UNIQUE("workspace_id","id"),
	CONSTRAINT "backup_sets_name" UNIQUE("workspace_id","tenant_id","name")
);
--> statement-breakpoint
CREATE TABLE "restore_previews" (
	"workspace_id" text NOT NULL,
	"run_id" bigint NOT NULL,
	"set_id" bigint NOT NULL,
	"set_fingerprint" text NOT NULL,
	"items" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "restore_previews_workspace_id_run_id_pk" PRIMARY KEY("workspace_id","run_id")
);
--> statement-breakpoint
CREATE TABLE "connections" (
	"workspace_id" text NOT NULL,
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "connections_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"tenant_id" bigint,
	"provider" text NOT NULL,
	"label" text NOT NULL,
	"is_default" boolean DEFAULT false NOT NULL,
	"enabled" boolean DEFAULT true NOT NULL,
	"consent" text DEFAULT 'unknown' NOT NULL,
	"health" text DEFAULT 'unknown' NOT NULL,
	"health_reason" text,
	"credential" text DEFAULT 'missing' NOT NULL,
	"credential_expires_at" timestamp with time zone,
	"granted" text[],
	"throttled_until" timestamp with time zone,
	"checked_at" timestamp with time zone,
	"settings" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"sealed_secret" "bytea",
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "connections_ws_id" UNIQUE("workspace_id","id"),
	CONSTRAINT "connections_consent" CHECK (consent in ('unknown', 'granted', 'missing')),
	CONSTRAINT "connections_health" CHECK (health in ('unknown', 'ok', 'warning', 'failing')),
	CONSTRAINT "connections_credential" CHECK (credential in ('present', 'missing', 'refused'))
);
--> statement-breakpoint
CREATE TABLE "policies" (
	"workspace_id" text NOT NULL,
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "policies_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"tenant_id" bigint NOT NULL,
	"external_id" text NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"last_seen_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "policies_ws_id" UNIQUE("workspace_id","id"),
	CONSTRAINT "policies_external_id" UNIQUE("workspace_id","tenant_id","external_id")
);
--> statement-breakpoint
CREATE TABLE "policy_versions" (
	"workspace_id" text NOT NULL,
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "policy_versions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"policy_id" bigint NOT NULL,
	"version" integer NOT NULL,
	"payload" jsonb NOT NULL,
	"assignments" jsonb NOT NULL,
	"scope_tags" jsonb NOT NULL,
	"hash" text NOT NULL,
	"run_id" bigint NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "policy_versions_ws_id" UNIQUE("workspace_id","id"),
	CONSTRAINT "policy_versions_version" UNIQUE("workspace_id","policy_id","version")
);
--> statement-breakpoint
CREATE TABLE "tenants" (
	"workspace_id" text NOT NULL,
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "tenants_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"external_id" text NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "tenants_external_id" UNIQUE("workspace_id","external_id"),
	CONSTRAINT "tenants_ws_id" UNIQUE("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "audit_entries" (
	"workspace_id" text NOT NULL,
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "audit_entries_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"transaction" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_name" text NOT NULL,
	"action" text NOT NULL,
	"object_kind" text NOT NULL,
	"object_id" text NOT NULL,
	"run_id" bigint,
	"details" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"request_id" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "workers" (
	"pool_id" text PRIMARY KEY NOT NULL,
	"host" text NOT NULL,
	"pid" integer NOT NULL,
	"version" text NOT NULL,
	"slots" integer NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"stopped_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"workspace_id" text NOT NULL,
	"principal" text NOT NULL,
	"route" text NOT NULL,
	"key" text NOT NULL,
	"body_hash" text NOT NULL,
	"answer" jsonb NOT NULL,
	"expires_at" timestamp with time zone DEFAULT now() + interval '24 hours' NOT NULL,
	CONSTRAINT "idempotency_keys_workspace_id_principal_route_key_pk" PRIMARY KEY("workspace_id","principal","route","key")
);
--> statement-breakpoint
CREATE TABLE "run_events" (
	"workspace_id" text NOT NULL,
	"run_id" bigint NOT NULL,
	"seq" integer NOT NULL,
	"kind" text NOT NULL,
	"data" jsonb NOT NULL,
	"at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "run_events_workspace_id_run_id_seq_pk" PRIMARY KEY("workspace_id","run_id","seq")
);
--> statement-breakpoint
CREATE TABLE "run_items" (
	"workspace_id" text NOT NULL,
	"run_id" bigint NOT NULL,
	"position" integer NOT NULL,
	"key" text NOT NULL,
	"label" text NOT NULL,
	"outcome" text,
	"error" jsonb,
	"detail" jsonb,
	"finished_at" timestamp with time zone,
	CONSTRAINT "run_items_workspace_id_run_id_position_pk" PRIMARY KEY("workspace_id","run_id","position"),
	CONSTRAINT "run_items_outcome_word" CHECK (outcome in ('succeeded', 'failed', 'skipped'))
);
--> statement-breakpoint
CREATE TABLE "run_logs" (
	"workspace_id" text NOT NULL,
	"run_id" bigint NOT NULL,
	"seq" integer NOT NULL,
	"level" text NOT NULL,
	"step" text,
	"text" text NOT NULL,
	"at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "run_logs_workspace_id_run_id_seq_pk" PRIMARY KEY("workspace_id","run_id","seq"),
	CONSTRAINT "run_logs_level" CHECK (level in ('info', 'warning', 'error'))
);
--> statement-breakpoint
CREATE TABLE "run_steps" (
	"workspace_id" text NOT NULL,
	"run_id" bigint NOT NULL,
	"name" text NOT NULL,
	"position" integer NOT NULL,
	"attempt" integer NOT NULL,
	"state" text NOT NULL,
	"effect_key" text NOT NULL,
	"result" jsonb,
	"error" jsonb,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "run_steps_workspace_id_run_id_name_pk" PRIMARY KEY("workspace_id","run_id","name"),
	CONSTRAINT "run_steps_state" CHECK (state in ('intent', 'done', 'failed'))
);
--> statement-breakpoint
CREATE TABLE "runs" (
	"workspace_id" text NOT NULL,
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "runs_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"uid" uuid NOT NULL,
	"operation" text NOT NULL,
	"tenant_id" bigint,
	"connection_id" bigint,
	"parent_run_id" bigint,
	"link_kind" text,
	"status" text NOT NULL,
	"wait_cause" text,
	"wake_at" timestamp with time zone DEFAULT now() NOT NULL,
	"dedupe_key" text,
	"input" jsonb NOT NULL,
	"output" jsonb,
	"total" integer DEFAULT 0 NOT NULL,
	"succeeded" integer DEFAULT 0 NOT NULL,
	"failed" integer DEFAULT 0 NOT NULL,
	"skipped" integer DEFAULT 0 NOT NULL,
	"progress" real,
	"current_step" text,
	"safe_error" jsonb,
	"event_seq" integer DEFAULT 0 NOT NULL,
	"attempt" integer DEFAULT 0 NOT NULL,
	"lease_epoch" integer DEFAULT 0 NOT NULL,
	"lease_writes" integer DEFAULT 0 NOT NULL,
	"lease_expires_at" timestamp with time zone,
	"lease_worker" text,
	"lost_leases" integer DEFAULT 0 NOT NULL,
	"cancel_requested_at" timestamp with time zone,
	"queued_ms" bigint DEFAULT 0 NOT NULL,
	"waiting_ms" bigint DEFAULT 0 NOT NULL,
	"executing_ms" bigint DEFAULT 0 NOT NULL,
	"phase_since" timestamp with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"initiator_kind" text NOT NULL,
	"initiator_user_id" bigint,
	"initiator_name" text NOT NULL,
	"codename" text NOT NULL,
	"tags" text[] DEFAULT '{}' NOT NULL,
	"context" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "runs_ws_id" UNIQUE("workspace_id","id"),
	CONSTRAINT "runs_status" CHECK (status in ('pending', 'queued', 'running', 'awaiting_approval', 'succeeded', 'partial', 'failed', 'cancelled', 'rejected', 'expired', 'vetoed')),
	CONSTRAINT "runs_finished_when_terminal" CHECK ((finished_at is not null) = (status in ('succeeded', 'partial', 'failed', 'cancelled', 'rejected', 'expired', 'vetoed'))),
	CONSTRAINT "runs_counts" CHECK (succeeded >= 0 and failed >= 0 and skipped >= 0 and succeeded + failed + skipped <= total),
	CONSTRAINT "runs_lease" CHECK ((status = 'running') = (lease_expires_at is not null))
);
--> statement-breakpoint
CREATE TABLE "scope_claims" (
	"workspace_id" text NOT NULL,
	"scope_key" text NOT NULL,
	"run_id" bigint NOT NULL,
	"since" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "scope_claims_workspace_id_scope_key_pk" PRIMARY KEY("workspace_id","scope_key")
);
--> statement-breakpoint
ALTER TABLE "member_tenants" ADD CONSTRAINT "member_tenants_workspace_id_user_id_members_workspace_id_user_id_fk" FOREIGN KEY ("workspace_id","user_id") REFERENCES "public"."members"("workspace_id","user_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "member_tenants" ADD CONSTRAINT "member_tenants_workspace_id_tenant_id_tenants_workspace_id_id_fk" FOREIGN KEY ("workspace_id","tenant_id") REFERENCES "public"."tenants"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "members" ADD CONSTRAINT "members_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "members" ADD CONSTRAINT "members_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "backup_items" ADD CONSTRAINT "backup_items_workspace_id_set_id_backup_sets_workspace_id_id_fk" FOREIGN KEY ("workspace_id","set_id") REFERENCES "public"."backup_sets"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "backup_items" ADD CONSTRAINT "backup_items_workspace_id_policy_version_id_policy_versions_workspace_id_id_fk" FOREIGN KEY ("workspace_id","policy_version_id") REFERENCES "public"."policy_versions"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "backup_items" ADD CONSTRAINT "backup_items_workspace_id_run_id_runs_workspace_id_id_fk" FOREIGN KEY ("workspace_id","run_id") REFERENCES "public"."runs"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "backup_sets" ADD CONSTRAINT "backup_sets_workspace_id_tenant_id_tenants_workspace_id_id_fk" FOREIGN KEY ("workspace_id","tenant_id") REFERENCES "public"."tenants"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "restore_previews" ADD CONSTRAINT "restore_previews_workspace_id_run_id_runs_workspace_id_id_fk" FOREIGN KEY ("workspace_id","run_id") REFERENCES "public"."runs"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "restore_previews" ADD CONSTRAINT "restore_previews_workspace_id_set_id_backup_sets_workspace_id_id_fk" FOREIGN KEY ("workspace_id","set_id") REFERENCES "public"."backup_sets"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "connections" ADD CONSTRAINT "connections_workspace_id_tenant_id_tenants_workspace_id_id_fk" FOREIGN KEY ("workspace_id","tenant_id") REFERENCES "public"."tenants"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "policies" ADD CONSTRAINT "policies_workspace_id_tenant_id_tenants_workspace_id_id_fk" FOREIGN KEY ("workspace_id","tenant_id") REFERENCES "public"."tenants"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "policy_versions" ADD CONSTRAINT "policy_versions_workspace_id_policy_id_policies_workspace_id_id_fk" FOREIGN KEY ("workspace_id","policy_id") REFERENCES "public"."policies"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_events" ADD CONSTRAINT "run_events_workspace_id_run_id_runs_workspace_id_id_fk" FOREIGN KEY ("workspace_id","run_id") REFERENCES "public"."runs"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_items" ADD CONSTRAINT "run_items_workspace_id_run_id_runs_workspace_id_id_fk" FOREIGN KEY ("workspace_id","run_id") REFERENCES "public"."runs"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_logs" ADD CONSTRAINT "run_logs_workspace_id_run_id_runs_workspace_id_id_fk" FOREIGN KEY ("workspace_id","run_id") REFERENCES "public"."runs"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_steps" ADD CONSTRAINT "run_steps_workspace_id_run_id_runs_workspace_id_id_fk" FOREIGN KEY ("workspace_id","run_id") REFERENCES "public"."runs"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "runs" ADD CONSTRAINT "runs_workspace_id_tenant_id_tenants_workspace_id_id_fk" FOREIGN KEY ("workspace_id","tenant_id") REFERENCES "public"."tenants"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "runs" ADD CONSTRAINT "runs_workspace_id_connection_id_connections_workspace_id_id_fk" FOREIGN KEY ("workspace_id","connection_id") REFERENCES "public"."connections"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "runs" ADD CONSTRAINT "runs_workspace_id_parent_run_id_runs_workspace_id_id_fk" FOREIGN KEY ("workspace_id","parent_run_id") REFERENCES "public"."runs"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scope_claims" ADD CONSTRAINT "scope_claims_workspace_id_run_id_runs_workspace_id_id_fk" FOREIGN KEY ("workspace_id","run_id") REFERENCES "public"."runs"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "sessions_jti" ON "sessions" USING btree ("jti");--> statement-breakpoint
CREATE UNIQUE INDEX "sessions_secret_hash" ON "sessions" USING btree ("secret_hash");--> statement-breakpoint
CREATE INDEX "sessions_live_user" ON "sessions" USING btree ("user_id") WHERE revoked_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "users_uid" ON "users" USING btree ("uid");--> statement-breakpoint
CREATE UNIQUE INDEX "users_username_norm" ON "users" USING btree ("username_norm");--> statement-breakpoint
CREATE UNIQUE INDEX "connections_one_default" ON "connections" USING btree ("workspace_id",coalesce(tenant_id, 0),"provider") WHERE is_default;--> statement-breakpoint
CREATE INDEX "connections_tenant" ON "connections" USING btree ("workspace_id","tenant_id","provider");--> statement-breakpoint
CREATE INDEX "audit_list" ON "audit_entries" USING btree ("workspace_id","id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "audit_run" ON "audit_entries" USING btree ("workspace_id","run_id","id") WHERE run_id is not null;--> statement-breakpoint
CREATE INDEX "audit_seal" ON "audit_entries" USING btree ("workspace_id","transaction","id");--> statement-breakpoint
CREATE INDEX "idempotency_expiry" ON "idempotency_keys" USING btree ("expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "run_items_key" ON "run_items" USING btree ("workspace_id","run_id","key");--> statement-breakpoint
CREATE INDEX "run_items_outcome" ON "run_items" USING btree ("workspace_id","run_id","outcome","position");--> statement-breakpoint
CREATE UNIQUE INDEX "run_steps_effect" ON "run_steps" USING btree ("workspace_id","effect_key");--> statement-breakpoint
CREATE UNIQUE INDEX "runs_uid" ON "runs" USING btree ("uid");--> statement-breakpoint
CREATE UNIQUE INDEX "runs_dedupe" ON "runs" USING btree ("workspace_id","dedupe_key") WHERE status in ('pending', 'queued', 'running', 'awaiting_approval');--> statement-breakpoint
CREATE INDEX "runs_list" ON "runs" USING btree ("workspace_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "runs_list_tenant" ON "runs" USING btree ("workspace_id","tenant_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "runs_list_status" ON "runs" USING btree ("workspace_id","status","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "runs_finished" ON "runs" USING btree ("workspace_id","operation","finished_at") WHERE finished_at is not null;--> statement-breakpoint
CREATE INDEX "runs_children" ON "runs" USING btree ("workspace_id","parent_run_id") WHERE parent_run_id is not null;--> statement-breakpoint
CREATE INDEX "runs_tags" ON "runs" USING gin ("tags") WHERE tags <> '{}';--> statement-breakpoint
CREATE INDEX "runs_leases" ON "runs" USING btree ("lease_expires_at") WHERE status = 'running';--> statement-breakpoint
CREATE INDEX "runs_due" ON "runs" USING btree ("wake_at") WHERE status = 'queued';--> statement-breakpoint
CREATE INDEX "runs_backlog" ON "runs" USING btree ("workspace_id","tenant_id") WHERE status = 'queued';--> statement-breakpoint
CREATE INDEX "scope_claims_run" ON "scope_claims" USING btree ("run_id");