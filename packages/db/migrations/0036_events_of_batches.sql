CREATE TABLE "ws_tickets" (
	"workspace_id" text NOT NULL,
	"secret_hash" "bytea" PRIMARY KEY NOT NULL,
	"session_id" bigint,
	"key_id" text,
	"user_id" bigint,
	"username" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	CONSTRAINT "ws_tickets_credential" CHECK ((session_id is null) <> (key_id is null))
);
--> statement-breakpoint
CREATE TABLE "plan_events" (
	"workspace_id" text NOT NULL,
	"plan_id" bigint NOT NULL,
	"seq" integer NOT NULL,
	"kind" text NOT NULL,
	"data" jsonb NOT NULL,
	"feed_position" "xid8" NOT NULL,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "plan_events_workspace_id_plan_id_seq_pk" PRIMARY KEY("workspace_id","plan_id","seq")
);
--> statement-breakpoint
ALTER TABLE "plans" ADD COLUMN "event_seq" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "run_events" ADD COLUMN "feed_position" "xid8";--> statement-breakpoint
ALTER TABLE "ws_tickets" ADD CONSTRAINT "ws_tickets_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ws_tickets" ADD CONSTRAINT "ws_tickets_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ws_tickets" ADD CONSTRAINT "ws_tickets_key_id_api_keys_id_fk" FOREIGN KEY ("key_id") REFERENCES "public"."api_keys"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ws_tickets" ADD CONSTRAINT "ws_tickets_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_events" ADD CONSTRAINT "plan_events_workspace_id_plan_id_plans_workspace_id_id_fk" FOREIGN KEY ("workspace_id","plan_id") REFERENCES "public"."plans"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "ws_tickets_expiry" ON "ws_tickets" USING btree ("workspace_id","expires_at");--> statement-breakpoint
CREATE INDEX "plan_events_feed" ON "plan_events" USING btree ("workspace_id","feed_position","plan_id","seq");--> statement-breakpoint
CREATE INDEX "run_events_feed" ON "run_events" USING btree ("workspace_id","feed_position","run_id","seq") WHERE feed_position is not null;