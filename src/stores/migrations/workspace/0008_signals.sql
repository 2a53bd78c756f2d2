CREATE TABLE "health_day" (
	"day" date PRIMARY KEY NOT NULL,
	"closed_at" timestamp(6) with time zone NOT NULL,
	"known_until" timestamp(6) with time zone NOT NULL,
	"accounts" integer NOT NULL,
	"is_held" boolean DEFAULT false NOT NULL,
	"against" date,
	"up" integer,
	"down" integer,
	"compared" integer,
	"moved" jsonb,
	"answer" text,
	"answered_at" timestamp(6) with time zone,
	"answered_by" text,
	"fleet_fall" double precision DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "replay_result" (
	"id" text PRIMARY KEY NOT NULL,
	"mode" text NOT NULL,
	"model" text NOT NULL,
	"from" date NOT NULL,
	"until" date NOT NULL,
	"made_at" timestamp(6) with time zone NOT NULL,
	"state" text NOT NULL,
	"progress" jsonb,
	"result" jsonb
);
--> statement-breakpoint
CREATE TABLE "signal" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"kind" text NOT NULL,
	"raised_on" date NOT NULL,
	"raised_at" timestamp(6) with time zone NOT NULL,
	"known_until" timestamp(6) with time zone NOT NULL,
	"evidence" jsonb NOT NULL,
	"sentence" text NOT NULL,
	"is_held" boolean DEFAULT false NOT NULL,
	"closed_on" date,
	"closed_at" timestamp(6) with time zone,
	"close_reason" text,
	"close_note" text,
	"closed_by" text,
	"ground_now" boolean DEFAULT true NOT NULL,
	"ground_lost_on" date
);
--> statement-breakpoint
CREATE TABLE "signal_life" (
	"account_id" text NOT NULL,
	"kind" text NOT NULL,
	"held_on" date,
	"quiet_until" date,
	"is_latched" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "signal_skip" (
	"id" text PRIMARY KEY NOT NULL,
	"signal_id" text NOT NULL,
	"account_id" text NOT NULL,
	"reason" text NOT NULL,
	"look_again_on" date NOT NULL,
	"skipped_at" timestamp(6) with time zone NOT NULL,
	"skipped_by" text
);
--> statement-breakpoint
CREATE UNIQUE INDEX "signal_open" ON "signal" USING btree ("account_id","kind") WHERE closed_on IS NULL;--> statement-breakpoint
CREATE INDEX "signal_account" ON "signal" USING btree ("account_id","raised_on");--> statement-breakpoint
CREATE INDEX "signal_raised" ON "signal" USING btree ("raised_on","kind");--> statement-breakpoint
CREATE UNIQUE INDEX "signal_life_key" ON "signal_life" USING btree ("account_id","kind");--> statement-breakpoint
CREATE INDEX "signal_skip_signal" ON "signal_skip" USING btree ("signal_id");