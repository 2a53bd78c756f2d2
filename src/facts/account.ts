import { KNOWN_ATTRIBUTES, carriedAttribute } from './account-attribute.ts'
import { accountId, boolean, defineFact, instant, text } from './fact.ts'

export const account = defineFact({
  id: 'account',
  name: 'Account',
  plural: 'accounts',
  says: 'One billing customer or prospect. It may have many subscriptions and contacts. Internal and test accounts are marked and left out of every number.',
  placement: 'everywhere',
  columns: {
    account_id: accountId('Your own id of the account', { required: true, aliases: ['id', 'account', 'customer_id', 'customer', 'company_id', 'org_id'] }),
    name: text('Display name', { aliases: ['account_name', 'company', 'company_name', 'customer_name', 'title'] }),
    is_internal: boolean('Internal or test account: left out of every number', { aliases: ['internal', 'is_test', 'test'] }),
    merged_into: accountId('The account that this one was merged into: its whole history is counted there', { aliases: ['merged_to', 'duplicate_of'] }),
    created_at: instant('When the account came to be; empty means unknown', { aliases: ['created', 'signup_date', 'signed_up_at', 'created_date'] }),
  },
  identity: [['account_id']],
  effective: 'created_at',
  restates: false,
  fileNames: ['account', 'customer', 'company', 'companies', 'organization', 'organisation'],
  carries: {
    ...Object.fromEntries(
      Object.entries(KNOWN_ATTRIBUTES).map(([name, { says, aliases, column }]) => [
        `attribute:${name}`,
        carriedAttribute(name, says, [name, ...aliases], column),
      ]),
    ),
    csm: {
      fact: 'csm_assignment',
      says: 'The CSM who owns the account',
      aliases: ['csm', 'csm_id', 'owner', 'account_manager', 'customer_success_manager'],
      valueColumn: 'csm_id',
      constants: {},
      copies: { account_id: 'account_id' },
    },
  },
})
