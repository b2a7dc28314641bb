CREATE TABLE "audit_seals" (
	"workspace_id" text NOT NULL,
	"number" bigint NOT NULL,
	"first_transaction" "xid8" NOT NULL,
	"first_id" bigint NOT NULL,
	"last_transaction" "xid8" NOT NULL,
	"last_id" bigint NOT NULL,
	"entries" integer NOT NULL,
	"entry_ids" bigint[] NOT NULL,
	"entry_digests" "bytea" NOT NULL,
	"previous" "bytea" NOT NULL,
	"digest" "bytea" NOT NULL,
	"sealed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "audit_seals_workspace_id_number_pk" PRIMARY KEY("workspace_id","number")
);
