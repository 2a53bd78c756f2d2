import { accountId, boolean, defineFact, id, instant, text } from './fact.ts'

export const contact = defineFact({
  id: 'contact',
  name: 'Contact',
  plural: 'contacts',
  says: 'One person at an account as it stands from a day on. The rows of one person form a history: a new role, or that they left.',
  placement: 'account',
  columns: {
    contact_id: id('The person', { required: true, aliases: ['id', 'contact', 'person_id'] }),
    account_id: accountId('The account', { required: true, aliases: ['account', 'customer_id', 'customer', 'company_id'] }),
    name: text('Name', { aliases: ['full_name', 'contact_name'] }),
    email: text('E-mail address', { aliases: ['email_address', 'mail', 'e_mail'] }),
    user_id: text('The user of the product that this person is, where that is known', { aliases: ['user', 'member_id', 'app_user_id'] }),
    role: text('Role or title', { aliases: ['title', 'job_title', 'position', 'function', 'job_role', 'buying_role'] }),
    is_champion: boolean('Speaks for the product inside the account', { aliases: ['champion', 'sponsor'] }),
    is_executive: boolean('Decides about the contract', { aliases: ['executive', 'decision_maker', 'exec', 'economic_buyer'] }),
    effective_at: instant('From when it holds; empty means unknown', {
      aliases: ['from', 'since', 'created_at', 'created', 'valid_from', 'changed_at', 'date'],
    }),
    left_at: instant('When the person left the account', {
      aliases: [
        'left',
        'left_on',
        'departed_at',
        'departed_on',
        'departure_date',
        'left_company_at',
        'left_company_on',
        'deactivated_at',
        'inactive_since',
        'end_date',
      ],
    }),
  },
  identity: [['contact_id', 'effective_at']],
  effective: 'effective_at',
  historyOf: ['contact_id'],
  fileNames: ['contact', 'people', 'person', 'stakeholder'],
})
