CREATE TABLE "column_choices" (
	"kind" text NOT NULL,
	"scope" text NOT NULL,
	"header_hash" text NOT NULL,
	"roles" text[] NOT NULL,
	"changed_by" text NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "column_choices_kind_scope_header_hash_pk" PRIMARY KEY("kind","scope","header_hash")
);
