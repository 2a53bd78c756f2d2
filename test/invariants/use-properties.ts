import type { Question } from '../oracle/answer.ts'
import { PERIODS, label } from './subject.ts'
import type { Property } from './subject.ts'

const SHARES = ['stickiness', 'feature_adoption_rate', 'activation_rate', 'never_reached_rate']

const i13: Property = {
  id: 'I13 use',
  says: 'shares of product use lie in 0..1; seats in use may be more than all; who never gets value was not activated',
  check: async ({ answers }) => {
    const found: string[] = []
    for (const period of PERIODS) {
      for (const id of SHARES) {
        const { value } = await answers.metric(id, period)
        if (value !== null && (value < 0 || value > 1)) found.push(`${label(id, period)}: ${value}`)
      }
      const [activated, never] = [await answers.metric('activation_rate', period), await answers.metric('never_reached_rate', period)]
      if ((activated.value ?? 0) + (never.value ?? 0) > 1 + 1e-12)
        found.push(`${label('activation_rate', period)}: ${activated.value} reached it and ${never.value} left without`)
    }
    return found
  },
}

const windows: Property = {
  id: 'windows',
  says: 'a longer window holds no fewer users; users add up over accounts; a session per user at least, and none longer than its window',
  check: async ({ answers }) => {
    const found: string[] = []
    for (const period of PERIODS) {
      const users = async (window_days: string): Promise<number> => (await answers.metric('active_users', { ...period, options: { window_days } })).value ?? NaN
      const [day, week, month] = [await users('1'), await users('7'), await users('28')]
      if (!(day <= week && week <= month)) found.push(`${label('active_users', period)}: ${day} in 1 day, ${week} in 7, ${month} in 28`)
      for (const dimension of ['segment', 'csm']) {
        const parts = [...(await answers.breakdown('active_users', dimension, period)).values()].reduce((sum, part) => sum + (part.value ?? 0), 0)
        if (parts !== month) found.push(`${label('active_users', period)} by ${dimension}: parts come to ${parts}, not ${month}`)
      }
      const question: Question = period
      const [visits, length] = [await answers.metric('visit_frequency', question), await answers.metric('avg_session_time', question)]
      // Users whose only session began before the window are active in it without one.
      if (visits.value === null ? month !== 0 : visits.denominator !== month * 4)
        found.push(`${label('visit_frequency', period)}: ${visits.denominator} for ${month} users`)
      if (length.value !== null && length.value < 0) found.push(`${label('avg_session_time', period)}: ${length.value}`)
    }
    return found
  },
}

export const useProperties: readonly Property[] = [i13, windows]
