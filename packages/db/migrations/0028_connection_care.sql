ALTER TABLE "connections" ADD COLUMN "provider_tenant_id" text;--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "consented_tenant_id" text;--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "tenant_mismatch" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "disabled_by" text;--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "disabled_reason" text;--> statement-breakpoint
ALTER TABLE "consent_requests" ADD COLUMN "requested_by_key_id" text;--> statement-breakpoint
ALTER TABLE "consent_requests" ADD COLUMN "request_id" text;--> statement-breakpoint
ALTER TABLE "consent_requests" ADD COLUMN "outcome" text;--> statement-breakpoint
ALTER TABLE "consent_requests" ADD CONSTRAINT "consent_requests_outcome" CHECK ((outcome is null) = (used_at is null));