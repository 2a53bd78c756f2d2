import { accountId, date, defineFact, id, instant, text } from './fact.ts'

export const onboarding = defineFact({
  id: 'onboarding',
  name: 'Onboarding',
  plural: 'onboardings',
  says: 'The introduction of one account, with the day by which it is agreed to be finished.',
  about: 'value',
  placement: 'account',
  columns: {
    onboarding_id: id('The onboarding; without it account and start tell them apart', { aliases: ['id', 'project_id', 'implementation_id'] }),
    account_id: accountId('The account', { required: true, aliases: ['account', 'customer_id', 'customer', 'company_id', 'company'] }),
    started_at: instant('When it started', {
      required: true,
      aliases: ['started', 'start', 'start_date', 'kickoff', 'kick_off', 'kickoff_date', 'created_at'],
    }),
    agreed_end: date('Day by which it was agreed to be finished', {
      aliases: ['due', 'due_date', 'target_date', 'planned_end', 'agreed_end_date', 'go_live_target', 'deadline'],
    }),
    finished_at: instant('When it was finished; empty while it is not', {
      aliases: ['finished', 'completed_at', 'completed', 'end_date', 'go_live', 'go_live_date', 'launched_at'],
    }),
    path: text('Kind of onboarding: self-serve, guided, enterprise ...', { aliases: ['template', 'onboarding_type', 'type', 'track', 'package'] }),
    csm_id: id('Who leads it', { aliases: ['csm', 'owner', 'owner_id', 'project_manager', 'implementation_manager'] }),
  },
  identity: [['onboarding_id'], ['account_id', 'started_at']],
  effective: 'started_at',
  fileNames: ['onboarding', 'implementation', 'project'],
})
