import { shortDay } from '../../health/caps.ts'
import type { Capped } from '../capped.ts'
import { cappedBy } from '../capped.ts'
import { defineSign } from '../sign.ts'

export const noticeGiven = defineSign<Capped>({
  id: 'notice_given',
  name: 'Notice given',
  says: 'The customer gave notice, or is known not to renew.',
  class: 'decided',
  expires: 400,
  instant: true,
  opens: [{ fact: 'subscription_version' }, { fact: 'opportunity' }],
  values: (on) => cappedBy(on, 'notice_given'),
  holds: ({ cap }) => cap !== null,
  evidence: ({ cap }) => ({ contract: cap?.evidence ?? null, since: cap?.since ?? null }),
  sentence: ({ cap }) => (cap === null ? '' : `Notice given on ${shortDay(cap.since)}`),
})
