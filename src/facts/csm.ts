import { defineFact, id, instant, number, text } from './fact.ts'

export const csm = defineFact({
  id: 'csm',
  name: 'CSM',
  plural: 'CSMs',
  says: 'One customer success manager and the capacity they have, from the day it holds.',
  placement: 'everywhere',
  columns: {
    csm_id: id('Id or short name, as accounts name their owner', { required: true, aliases: ['csm', 'id', 'owner', 'owner_id', 'user', 'email'] }),
    name: text('Display name', { aliases: ['csm_name', 'full_name'] }),
    team: text('Team or territory', { aliases: ['group', 'territory', 'region'] }),
    fte: number('Full-time equivalents, 1 being full time', { aliases: ['full_time_equivalent', 'capacity'], fallback: '1', min: 0 }),
    ramp_factor: number('Share of full capacity while new, 1 when ramped', { aliases: ['ramp', 'ramping'], fallback: '1', min: 0, max: 1 }),
    time_share: number('Share of time spent on accounts', { aliases: ['share', 'account_time'], fallback: '1', min: 0, max: 1 }),
    effective_at: instant('From when it holds; empty means unknown', { aliases: ['from', 'since', 'valid_from', 'start_date', 'started_at'] }),
  },
  identity: [['csm_id', 'effective_at']],
  effective: 'effective_at',
  historyOf: ['csm_id'],
  fileNames: ['csm', 'team', 'owner', 'manager'],
})
