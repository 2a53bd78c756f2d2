ALTER TABLE "import" ADD COLUMN "source" text;--> statement-breakpoint
ALTER TABLE "import" ADD COLUMN "batch_key" text;--> statement-breakpoint
ALTER TABLE "import" ADD COLUMN "learnt_at" timestamp(6) with time zone;--> statement-breakpoint
ALTER TABLE "import" ADD COLUMN "content" text;--> statement-breakpoint
ALTER TABLE "import" ADD COLUMN "arrived" jsonb;--> statement-breakpoint
ALTER TABLE "import" ADD COLUMN "stages" jsonb;--> statement-breakpoint
CREATE UNIQUE INDEX "import_key" ON "import" USING btree ("source","batch_key");--> statement-breakpoint
CREATE INDEX "import_state" ON "import" USING btree ("state");
--> statement-breakpoint
UPDATE "import" SET "stages" = coalesce((
  SELECT jsonb_agg(jsonb_build_object(
    'id', f.id || ':' || coalesce(f.mapping ->> 'reading', '0'),
    'position', f.position,
    'name', f.name,
    'kept', jsonb_build_object('as', f.id, 'rows', f.rows),
    'facts', (
      SELECT coalesce(jsonb_agg(DISTINCT kind), '[]'::jsonb) FROM (
        SELECT jsonb_object_keys(CASE jsonb_typeof(f.mapping -> 'staged') WHEN 'object' THEN f.mapping -> 'staged' ELSE '{}'::jsonb END) AS kind
        UNION SELECT one ->> 'fact' FROM jsonb_array_elements(f.counts) AS one
        UNION SELECT r.fact FROM recorded_count AS r WHERE r.import_id = f.import_id AND r.position = f.position
      ) AS kinds
    ),
    'staged', CASE jsonb_typeof(f.mapping -> 'staged') WHEN 'object' THEN f.mapping -> 'staged' END,
    'latest', coalesce(f.mapping #>> '{mapping,answers,id}' = 'latest', false),
    'counts', f.counts
  ) ORDER BY f.position) FROM "import_file" AS f WHERE f.import_id = "import".id AND f.state = 'staged'
), '[]'::jsonb) WHERE "state" NOT IN ('draft', 'discarded');
