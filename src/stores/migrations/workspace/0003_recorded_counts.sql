CREATE TABLE "recorded_count" (
	"import_id" text NOT NULL,
	"fact" text NOT NULL,
	"position" integer NOT NULL,
	"rows" bigint NOT NULL,
	CONSTRAINT "recorded_count_import_id_fact_position_pk" PRIMARY KEY("import_id","fact","position")
);
--> statement-breakpoint
ALTER TABLE "recorded_count" ADD CONSTRAINT "recorded_count_import_id_import_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."import"("id") ON DELETE no action ON UPDATE no action;