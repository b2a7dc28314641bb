ALTER TABLE "run_logs" ADD COLUMN "first_line" integer;--> statement-breakpoint
ALTER TABLE "run_logs" ADD COLUMN "line_count" integer GENERATED ALWAYS AS (length(text) - length(replace(text, E'\n', '')) + case when right(text, 1) = E'\n' then 0 else 1 end) STORED;--> statement-breakpoint
ALTER TABLE "run_logs" ALTER COLUMN "line_count" DROP EXPRESSION;--> statement-breakpoint
-- Policies hold for the owner too; the lines of every workspace are numbered here, once.
ALTER TABLE "run_logs" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
UPDATE "run_logs" l SET "first_line" = n.first_line FROM (
  SELECT workspace_id, run_id, seq, sum(line_count) OVER (PARTITION BY workspace_id, run_id ORDER BY seq) - line_count + 1 AS first_line FROM "run_logs"
) n WHERE n.workspace_id = l.workspace_id AND n.run_id = l.run_id AND n.seq = l.seq;--> statement-breakpoint
ALTER TABLE "run_logs" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "run_logs" ALTER COLUMN "first_line" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "run_logs" ALTER COLUMN "line_count" SET NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "run_logs_line" ON "run_logs" USING btree ("workspace_id","run_id","first_line");
