import { onboardingMilestone } from '../../../facts/onboarding-milestone.ts'
import { onboarding } from '../../../facts/onboarding.ts'
import { trainingAttendance } from '../../../facts/training-attendance.ts'
import type { Told } from '../happening.ts'
import { defineTimelineKind, joined } from '../happening.ts'

export const onboardings = defineTimelineKind({
  id: 'onboarding',
  name: 'Onboarding',
  of: [onboarding, onboardingMilestone, trainingAttendance],
  tell: (known) => [
    ...known.of(onboarding).flatMap((own): Told[] => {
      const { started_at = null, agreed_end = null, finished_at = null, path, csm_id } = own.values
      const detail = joined([path, csm_id, agreed_end === null ? null : `agreed end ${known.dateOf(agreed_end)}`])
      const started: Told = { of: own, what: 'started', at: started_at, title: 'Onboarding started', detail }
      const isLate = agreed_end !== null && finished_at !== null && String(known.dayOf(finished_at)) > String(agreed_end)
      return finished_at === null
        ? [started]
        : [started, { of: own, what: 'finished', at: finished_at, title: `Onboarding finished${isLate ? ' late' : ''}`, detail, tone: isLate ? 'bad' : 'good' }]
    }),
    ...known.of(onboardingMilestone).flatMap((own): Told[] => {
      const { milestone, done_at = null, due_on = null } = own.values
      return done_at === null
        ? []
        : [
            {
              of: own,
              what: 'done',
              at: done_at,
              title: `Step done: ${String(milestone)}`,
              detail: due_on === null ? null : `due ${known.dateOf(due_on)}`,
              tone: 'good',
            },
          ]
    }),
    ...known.of(trainingAttendance).map((own): Told => {
      const { contact_id = null, course, attended_at = null, completed } = own.values
      return {
        of: own,
        what: 'attended',
        at: attended_at,
        title: `${known.nameOf(contact_id)} took part in ${String(course ?? 'a course')}`,
        detail: completed === 'yes' ? 'completed' : null,
      }
    }),
  ],
})
