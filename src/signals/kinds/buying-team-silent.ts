import { isThere, contactsOn } from '../../health/account-facts.ts'
import { usesBetween } from '../../health/account-day.ts'
import { addDays } from '../../kernel/period.ts'
import { defineSign } from '../sign.ts'

const SILENT = 30
const BEFORE = 90

export interface BuyingTeam {
  readonly people: number
  /** How many of them were active in the two months before. */
  readonly before: number
  readonly now: number
  readonly others_active: number
}

export const buyingTeamSilent = defineSign<BuyingTeam>({
  id: 'buying_team_silent',
  name: 'Buying team silent',
  says: 'Those who decide used the product before and have not for 30 days, while others do.',
  class: 'risk',
  expires: 90,
  opens: [{ fact: 'contact' }, { fact: 'usage_event', days: 90 }],
  values({ facts, day, until }) {
    const team = contactsOn(facts.contacts, day).filter((person) => (person.is_champion || person.is_executive) && person.user !== '' && isThere(person, day))
    if (team.length === 0) return null
    const members = new Set(team.map(({ user }) => user))
    const usersIn = (from: number, to: number): Set<string> =>
      new Set(usesBetween(facts.use, addDays(until, -from), addDays(until, -to)).map(({ user }) => user))
    const [before, now] = [usersIn(BEFORE - 1, SILENT), usersIn(SILENT - 1, 0)]
    const active = (users: ReadonlySet<string>): number => [...members].filter((user) => users.has(user)).length
    return { people: team.length, before: active(before), now: active(now), others_active: [...now].filter((user) => !members.has(user)).length }
  },
  holds: ({ before, now, others_active }) => before > 0 && now === 0 && others_active > 0,
  evidence: ({ people, before, others_active }) => ({ people, before, others_active }),
  sentence: ({ people, others_active }) => `None of the ${people} who decide was seen for ${SILENT} days; ${others_active} others were`,
})
