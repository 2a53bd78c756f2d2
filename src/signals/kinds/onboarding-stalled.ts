import type { Onboarding } from '../../health/account-facts.ts'
import type { Day } from '../../kernel/period.ts'
import { daysBetween } from '../../kernel/period.ts'
import { defineSign } from '../sign.ts'

const OVERDUE = 7
const NO_STEP = 21

export interface StalledOnboarding {
  /** The one that is stalled; null where none is. */
  readonly stalled: { readonly why: 'overdue' | 'no_step'; readonly days: number; readonly left: number } | null
}

function stalledOn({ started_on, agreed_end, finished_on, steps }: Onboarding, day: Day): StalledOnboarding['stalled'] {
  if (started_on > day || (finished_on !== null && finished_on <= day)) return null
  const done = steps.map(({ done_on }) => done_on).filter((each) => each !== null && each <= day)
  const left = steps.length - done.length
  const idle = daysBetween(
    done.reduce<Day>((last, each) => (each !== null && each > last ? each : last), started_on),
    day,
  )
  const late = agreed_end === null ? 0 : daysBetween(agreed_end, day)
  if (late > OVERDUE) return { why: 'overdue', days: late, left }
  return left > 0 && idle > NO_STEP ? { why: 'no_step', days: idle, left } : null
}

export const onboardingStalled = defineSign<StalledOnboarding>({
  id: 'onboarding_stalled',
  name: 'Onboarding stalled',
  says: 'An onboarding is past its agreed end, or no step of it was done for three weeks.',
  class: 'risk',
  expires: 90,
  opens: [{ fact: 'onboarding' }, { fact: 'onboarding_milestone' }],
  values: ({ facts, day }) => ({ stalled: facts.onboardings.map((each) => stalledOn(each, day)).find((each) => each !== null) ?? null }),
  holds: ({ stalled }) => stalled !== null,
  evidence: ({ stalled }) => ({ ...stalled }),
  sentence: ({ stalled }) =>
    stalled === null
      ? ''
      : stalled.why === 'overdue'
        ? `Onboarding ${stalled.days} days past its agreed end, ${stalled.left} left`
        : `No step for ${stalled.days} days, ${stalled.left} left`,
})
