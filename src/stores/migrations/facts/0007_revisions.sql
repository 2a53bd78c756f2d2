-- Whether a version may revise another one of its identity. Of what was recorded before it is not known, so it may.

ALTER TABLE fact_usage_event ADD COLUMN IF NOT EXISTS revises UInt8 DEFAULT 1;
