import { accountId, defineFact, id, instant } from './fact.ts'

export const csmAssignment = defineFact({
  id: 'csm_assignment',
  name: 'CSM assignment',
  plural: 'CSM assignments',
  says: 'Which CSM owns an account from a day on. The assignments of one account form a history; an empty CSM means nobody.',
  placement: 'account',
  columns: {
    account_id: accountId('The account', { required: true, aliases: ['account', 'customer_id', 'customer'] }),
    csm_id: id('The CSM; empty for nobody', { aliases: ['csm', 'owner', 'owner_id', 'to_csm', 'new_owner'] }),
    effective_at: instant('From when they own it; empty means unknown', { aliases: ['from', 'since', 'assigned_at', 'valid_from', 'start_date'] }),
  },
  identity: [['account_id', 'effective_at']],
  effective: 'effective_at',
  historyOf: ['account_id'],
  fileNames: ['assignment', 'book', 'ownership', 'territory'],
})
