CREATE TABLE "north_star_version" (
	"version" integer PRIMARY KEY NOT NULL,
	"definition" text NOT NULL,
	"made_at" timestamp(6) with time zone NOT NULL,
	"made_by" text
);
--> statement-breakpoint
INSERT INTO "north_star_version" ("version", "definition", "made_at") SELECT row_number() OVER (ORDER BY "id"), "value", "changed_at" FROM "setting_version" WHERE "key" = 'north_star';
--> statement-breakpoint
DELETE FROM "setting_version" WHERE "key" = 'north_star';
