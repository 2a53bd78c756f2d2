import { timestamp } from 'drizzle-orm/pg-core'

/** An instant with its microseconds, which say what was recorded before what: as text, since a Date would lose them. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'string', precision: 6 })
