CREATE TABLE "saved_views" (
	"workspace_id" text NOT NULL,
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "saved_views_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"user_id" bigint NOT NULL,
	"page" text NOT NULL,
	"name" text NOT NULL,
	"search" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "saved_views_name" UNIQUE("workspace_id","user_id","page","name")
);
--> statement-breakpoint
ALTER TABLE "saved_views" ADD CONSTRAINT "saved_views_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "runs_list_initiator" ON "runs" USING btree ("workspace_id","initiator_name","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "runs_codename" ON "runs" USING btree ("workspace_id","codename","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "runs_reason" ON "runs" USING btree ("workspace_id",(safe_error ->> 'code'),"created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE safe_error is not null;--> statement-breakpoint
CREATE INDEX "runs_ended" ON "runs" USING btree ("workspace_id","finished_at") WHERE finished_at is not null;