ALTER TABLE "ledger_state" DROP COLUMN "base";--> statement-breakpoint
ALTER TABLE "ledger_state" DROP COLUMN "delta";