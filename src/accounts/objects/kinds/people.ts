import { contact } from '../../../facts/contact.ts'
import { currentFacts } from '../../../facts/current.ts'
import { param, sql } from '../../../kernel/sql.ts'
import { localDay } from '../../../ledgers/local-day.ts'
import { defineObject } from '../object-kind.ts'

export const people = defineObject({
  id: 'people',
  name: 'People',
  columns: [
    { id: 'person', name: 'Person', type: 'text' },
    { id: 'role', name: 'Role', type: 'text' },
    { id: 'email', name: 'E-mail', type: 'text' },
    { id: 'champion', name: 'Champion', type: 'boolean' },
    { id: 'decides', name: 'Decides', type: 'boolean' },
    { id: 'left_on', name: 'Left', type: 'day' },
  ],
  states: {
    there: { name: 'There', where: sql`isNull(left_on)` },
    champions: { name: 'Champions', where: sql`isNull(left_on) AND champion` },
    executives: { name: 'Who decide', where: sql`isNull(left_on) AND decides` },
    left: { name: 'Left', where: sql`isNotNull(left_on)` },
    all: { name: 'All', where: sql`1` },
  },
  order: sql`NOT champion, NOT decides, person`,
  rows: (book, day) => sql`
    SELECT account_id, if(name = '', contact_id, name) AS person, role, email, is_champion = 1 AS champion, is_executive = 1 AS decides,
      if(gone <= ${param('Date32', day)}, gone, NULL) AS left_on
    FROM (
      SELECT account_id, contact_id, name, role, email, is_champion, is_executive, ${localDay(book, 'left_at')} AS gone
      FROM (${currentFacts(contact)}) WHERE ${localDay(book, 'effective_at')} <= ${param('Date32', day)}
      ORDER BY effective_at DESC LIMIT 1 BY account_id, contact_id)`,
})
