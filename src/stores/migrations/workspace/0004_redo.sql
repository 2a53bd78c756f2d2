ALTER TABLE "import" ADD COLUMN "taken_back" jsonb;--> statement-breakpoint
ALTER TABLE "import" ADD COLUMN "sample" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "import" ADD COLUMN "redo_of" text;