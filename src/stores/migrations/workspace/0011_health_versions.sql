CREATE TABLE "health_override" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "health_override_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"account_id" text NOT NULL,
	"value" double precision NOT NULL,
	"owner" text NOT NULL,
	"reason" text NOT NULL,
	"from_day" date NOT NULL,
	"until_day" date NOT NULL,
	"recorded_at" timestamp(6) with time zone NOT NULL,
	"made_by" text,
	"ended_at" timestamp(6) with time zone,
	"ended_by" text
);
--> statement-breakpoint
CREATE TABLE "health_version" (
	"id" text NOT NULL,
	"version" integer NOT NULL,
	"definition" text NOT NULL,
	"made_at" timestamp(6) with time zone NOT NULL,
	"made_by" text,
	"reason" text,
	CONSTRAINT "health_version_id_version_pk" PRIMARY KEY("id","version")
);
--> statement-breakpoint
ALTER TABLE "own_signal_version" ADD COLUMN "reason" text;--> statement-breakpoint
ALTER TABLE "segment_version" ADD COLUMN "reason" text;--> statement-breakpoint
CREATE INDEX "health_override_account" ON "health_override" USING btree ("account_id","id");--> statement-breakpoint
CREATE INDEX "health_override_until" ON "health_override" USING btree ("until_day");