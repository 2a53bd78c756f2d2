import { settingList } from '../kernel/settings.ts'
import type { Settings } from '../kernel/settings.ts'
import { usageEvent } from '../facts/usage-event.ts'
import { param, sql } from '../kernel/sql.ts'
import type { Sql } from '../kernel/sql.ts'
import { accountLedger } from './account-ledger.ts'
import type { Derivation } from './ledger.ts'
import { localDay } from './local-day.ts'

/** Whether the name of an event is in the list of a setting. */
export const isNamed = (list: string): Sql => sql`lower(event) IN ${param('Array(String)', settingList(list))}`

/** Condition on a row of an event: it is use of the product. */
export const isUse = (settings: Settings): Sql =>
  sql`is_internal = 0 AND occurred_at <= recorded_at + toIntervalHour(24) AND NOT ${isNamed(settings.idle_events)}`

/**
 * Events that are use of the product: not marked as internal, not named as idle, and not dated more than a day after they
 * were recorded (docs/definitions.md#use). Accounts stay as sources name them, so that a merge moves no row; on a cluster a row
 * lies where the account it counts as does.
 */
export function eventsOfUse(from: Derivation): Sql {
  const accounts = from.ledger(accountLedger)
  return sql`
    SELECT account_id, user_id, occurred_at, ${localDay(from, 'occurred_at')} AS day, event, feature, product, platform, user_role, source, source_id
    FROM (${from.facts(usageEvent)})
    WHERE ${isUse(from.settings)}
      AND ((${from.here(sql`account_id`)} AND account_id NOT IN (SELECT account_id FROM (${accounts}) WHERE NOT (${from.here(sql`counted_as`)})))
        OR account_id IN (SELECT account_id FROM (${accounts}) WHERE counted_as != account_id AND ${from.here(sql`counted_as`)}))`
}
