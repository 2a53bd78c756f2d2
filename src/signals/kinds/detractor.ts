import type { SurveyResponse } from '../../health/account-facts.ts'
import { contactsOn } from '../../health/account-facts.ts'
import { shortDay } from '../../health/caps.ts'
import { addDays, daysBetween } from '../../kernel/period.ts'
import { defineSign } from '../sign.ts'

const FRESH = 30
/** As shares of the scale: 6 of 0 to 10, 2 of 1 to 5, 3 of 1 to 7. */
const UNHAPPY = { nps: 0.6, csat: 1 / 4, ces: 1 / 3 } as const

export interface Unhappy {
  readonly response: SurveyResponse | null
  readonly age: number
  readonly name: string
}

const isUnhappy = ({ kind, score, scale: [least, most] }: SurveyResponse): boolean => (score - least) / (most - least) <= UNHAPPY[kind] + 1e-9

export const detractor = defineSign<Unhappy>({
  id: 'detractor',
  name: 'Detractor',
  says: "Somebody's latest response of 30 days says that they would not recommend us, are not content, or had to work hard.",
  class: 'risk',
  expires: 90,
  instant: true,
  opens: [{ fact: 'survey_response', days: 30 }],
  values({ facts, day }) {
    const latest = new Map<string, SurveyResponse>()
    for (const response of facts.responses) if (response.day <= day) latest.set(response.contact === '' ? `?${response.id}` : response.contact, response)
    const fresh = [...latest.values()].filter((response) => response.day > addDays(day, -FRESH) && isUnhappy(response))
    const response = fresh.sort((a, b) => (a.day < b.day ? 1 : -1))[0] ?? null
    const name = contactsOn(facts.contacts, day).find(({ contact }) => contact === response?.contact)?.name ?? 'Somebody'
    return { response, age: response === null ? 0 : daysBetween(response.day, day), name }
  },
  holds: ({ response }) => response !== null,
  evidence: ({ response, age }) => (response === null ? {} : { response: response.id, kind: response.kind, score: response.score, age }),
  sentence: ({ response, name }) => (response === null ? '' : `${name} gave ${response.score} of ${response.scale[1]} on ${shortDay(response.day)}`),
})
