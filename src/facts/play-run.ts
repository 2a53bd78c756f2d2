import { accountId, choice, date, defineFact, id, instant, text } from './fact.ts'

const yesNo = { yes: ['yes', 'true', '1', 'y', 'success', 'won', 'met'], no: ['no', 'false', '0', 'n', 'failure', 'lost', 'not_met'] }

export const playRun = defineFact({
  id: 'play_run',
  name: 'Play run',
  plural: 'play runs',
  says: 'One run of a playbook on one account, or an account that was held out of it so that its effect can be told.',
  about: 'care',
  placement: 'account',
  columns: {
    run_id: id('The run; without it account, playbook and start tell them apart', { aliases: ['id', 'run', 'play_run', 'enrollment_id', 'enrolment_id'] }),
    account_id: accountId('The account', { required: true, aliases: ['account', 'customer_id', 'customer', 'company_id', 'company'] }),
    playbook: text('The playbook', { required: true, aliases: ['play', 'playbook_id', 'playbook_name', 'template', 'sequence', 'workflow'] }),
    started_at: instant('When it started', { required: true, aliases: ['started', 'start', 'start_date', 'enrolled_at', 'enrollment_date', 'created_at'] }),
    deadline_on: date('Day by which it is to be finished', { aliases: ['deadline', 'due', 'due_date', 'due_on', 'target_date'] }),
    finished_at: instant('When its last step was done', { aliases: ['finished', 'completed_at', 'completed', 'completion_date', 'end_date', 'ended_at'] }),
    arm: choice('Treated, held out by chance, or only compared with (not by chance)', {
      fallback: 'treated',
      aliases: ['is_holdout', 'holdout', 'hold_out', 'group', 'variant', 'cohort'],
      choices: {
        treated: ['treated', 'treatment', 'false', 'no', '0', 'test'],
        holdout: ['holdout', 'hold_out', 'held_out', 'true', 'yes', '1'],
        control: ['control', 'comparison', 'matched'],
      },
    }),
    success: choice('Whether what the playbook is for came about; empty while nobody knows', {
      aliases: ['succeeded', 'successful', 'outcome', 'result', 'goal_met'],
      choices: yesNo,
    }),
    success_before: choice('Whether it already was so before the run; for comparison with a control group', {
      aliases: ['before', 'baseline', 'succeeded_before'],
      choices: yesNo,
    }),
  },
  identity: [['run_id'], ['account_id', 'playbook', 'started_at']],
  effective: 'started_at',
  fileNames: ['play_run', 'playbook_run', 'run', 'playbook', 'enrollment', 'enrolment'],
})
