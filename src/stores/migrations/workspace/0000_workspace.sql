CREATE TABLE "import_file" (
	"id" text PRIMARY KEY NOT NULL,
	"import_id" text NOT NULL,
	"position" integer NOT NULL,
	"name" text NOT NULL,
	"bytes" bigint DEFAULT 0 NOT NULL,
	"rows" bigint DEFAULT 0 NOT NULL,
	"state" text NOT NULL,
	"error" jsonb,
	"delimiter" text,
	"headers" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"sample" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"mapping" jsonb,
	"confidence" double precision DEFAULT 0 NOT NULL,
	"ambiguities" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"refused" bigint DEFAULT 0 NOT NULL,
	"refused_reasons" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"counts" jsonb DEFAULT '[]'::jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "import" (
	"id" text PRIMARY KEY NOT NULL,
	"state" text NOT NULL,
	"created_at" timestamp(6) with time zone NOT NULL,
	"recorded_at" timestamp(6) with time zone,
	"committed_at" timestamp(6) with time zone,
	"undone_at" timestamp(6) with time zone,
	"progress" jsonb,
	"error" jsonb
);
--> statement-breakpoint
CREATE TABLE "ledger_state" (
	"id" integer PRIMARY KEY NOT NULL,
	"state" bigint NOT NULL,
	"base" bigint NOT NULL,
	"delta" bigint NOT NULL,
	"last_given" bigint NOT NULL,
	"recorded_until" timestamp(6) with time zone,
	"settings_hash" text NOT NULL,
	"swapped_at" timestamp(6) with time zone
);
--> statement-breakpoint
CREATE TABLE "recorded_clock" (
	"id" integer PRIMARY KEY NOT NULL,
	"last" timestamp(6) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "saved_mapping" (
	"headers_key" text NOT NULL,
	"fact" text NOT NULL,
	"mapping" jsonb NOT NULL,
	"saved_at" timestamp(6) with time zone NOT NULL,
	CONSTRAINT "saved_mapping_headers_key_pk" PRIMARY KEY("headers_key")
);
--> statement-breakpoint
CREATE TABLE "setting_version" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "setting_version_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"key" text NOT NULL,
	"value" text NOT NULL,
	"changed_at" timestamp(6) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "import_file" ADD CONSTRAINT "import_file_import_id_import_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."import"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "import_file_import" ON "import_file" USING btree ("import_id","position");--> statement-breakpoint
CREATE INDEX "setting_version_key" ON "setting_version" USING btree ("key","id");