import { accountId, date, defineFact, id, instant, text } from './fact.ts'

export const onboardingMilestone = defineFact({
  id: 'onboarding_milestone',
  name: 'Onboarding milestone',
  plural: 'onboarding milestones',
  says: 'One step on the way of an onboarding.',
  placement: 'account',
  columns: {
    account_id: accountId('The account', { required: true, aliases: ['account', 'customer_id', 'customer', 'company_id', 'company'] }),
    onboarding_id: id('The onboarding it belongs to', { aliases: ['onboarding', 'project_id', 'implementation_id'] }),
    milestone: text('The milestone', { required: true, aliases: ['step', 'phase', 'milestone_name'] }),
    planned_at: instant('When it was planned; empty means unknown', { aliases: ['planned', 'planned_on'] }),
    due_on: date('Day by which it is to be reached', { aliases: ['due', 'due_date', 'target_date', 'deadline'] }),
    done_at: instant('When it was reached; empty while it is not', { aliases: ['done', 'completed_at', 'reached_at', 'finished_at', 'completed'] }),
  },
  identity: [
    ['account_id', 'onboarding_id', 'milestone'],
    ['account_id', 'milestone'],
  ],
  effective: 'planned_at',
  fileNames: ['onboarding_milestone', 'milestone', 'onboarding_step'],
})
