ALTER TABLE "scope_claims" ALTER COLUMN "run_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "scope_claims" ADD COLUMN "plan_id" bigint;--> statement-breakpoint
ALTER TABLE "scope_claims" ADD CONSTRAINT "scope_claims_workspace_id_plan_id_plans_workspace_id_id_fk" FOREIGN KEY ("workspace_id","plan_id") REFERENCES "public"."plans"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "scope_claims_plan" ON "scope_claims" USING btree ("plan_id") WHERE plan_id is not null;--> statement-breakpoint
ALTER TABLE "scope_claims" ADD CONSTRAINT "scope_claims_holder" CHECK ((run_id is null) <> (plan_id is null));