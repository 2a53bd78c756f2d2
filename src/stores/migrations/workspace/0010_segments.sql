CREATE TABLE "segment_version" (
	"id" text NOT NULL,
	"version" integer NOT NULL,
	"definition" text NOT NULL,
	"made_at" timestamp(6) with time zone NOT NULL,
	"made_by" text,
	CONSTRAINT "segment_version_id_version_pk" PRIMARY KEY("id","version")
);
