import { contact } from '../../../facts/contact.ts'
import { groupBy } from '../../../health/group.ts'
import type { Version } from '../../version.ts'
import type { Told } from '../happening.ts'
import { defineTimelineKind, joined } from '../happening.ts'

const marksOf = ({ values }: Version): string | null =>
  joined([values.role, values.is_champion === true ? 'champion' : null, values.is_executive === true ? 'decides' : null])

const leftAt = (version: Version | undefined) => version?.values.left_at ?? null

export const people = defineTimelineKind({
  id: 'people',
  name: 'People',
  of: [contact],
  tell(known) {
    const byPerson = groupBy(known.of(contact), ({ source, values }) => `${source} ${String(values.contact_id)}`)
    return [...byPerson.values()].flatMap((rows) => {
      const inOrder = rows.toSorted((a, b) => (String(a.values.effective_at) < String(b.values.effective_at) ? -1 : 1))
      return inOrder.flatMap((own, i): Told[] => {
        const before = inOrder[i - 1]
        const name = known.nameOf(own.values.contact_id ?? null)
        const marks = marksOf(own)
        const left = leftAt(own)
        const told: Told[] = []
        const at = own.values.effective_at ?? null
        if (before === undefined) told.push({ of: own, what: 'came', at, title: `${name} is known`, detail: marks })
        else if (marksOf(before) !== marks)
          told.push({
            of: own,
            what: 'changed',
            at,
            title: `${name} has another role`,
            detail: joined([marksOf(before) ?? 'no role', marks ?? 'no role'], ' → '),
          })
        if (left !== null && leftAt(before) === null)
          told.push({
            of: own,
            what: 'left',
            at: left,
            title: `${name} left`,
            detail: marks,
            tone: own.values.is_champion === true || own.values.is_executive === true ? 'bad' : 'neutral',
          })
        return told
      })
    })
  },
})
