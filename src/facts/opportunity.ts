import { accountId, choice, currency, defineFact, id, instant, money, text } from './fact.ts'

export const opportunity = defineFact({
  id: 'opportunity',
  name: 'Opportunity',
  plural: 'opportunities',
  says: 'One deal with an existing account and who brought it about: what expansion is traced back to.',
  placement: 'account',
  columns: {
    opportunity_id: id('The opportunity or deal', { required: true, aliases: ['id', 'deal_id', 'opportunity', 'deal', 'record_id', 'hs_object_id'] }),
    account_id: accountId('The account', { required: true, aliases: ['account', 'customer_id', 'customer', 'company_id', 'company', 'associated_company_id'] }),
    opened_at: instant('When it was opened', { required: true, aliases: ['created_at', 'create_date', 'created_date', 'opened', 'date'] }),
    won_at: instant('When it was won; empty while it is not', { aliases: ['close_date', 'closed_at', 'closed_won_at', 'won', 'won_date'] }),
    sourced_by: choice('Who brought it about', {
      fallback: 'other',
      aliases: ['source', 'lead_source', 'origin', 'opportunity_source', 'sourced'],
      choices: {
        csm: ['csm', 'cs', 'customer_success', 'csql', 'success'],
        playbook: ['playbook', 'automation', 'campaign'],
        sales: ['sales', 'ae', 'account_executive', 'outbound'],
        product: ['product', 'self_serve', 'self_service', 'in_app', 'plg'],
        other: ['other', 'unknown', 'marketing', 'partner'],
      },
    }),
    csm_id: id('The CSM who brought it about', { aliases: ['csm', 'owner', 'deal_owner', 'sourced_by_csm'] }),
    name: text('Name of the deal', { aliases: ['deal_name', 'title', 'opportunity_name'] }),
    amount: money('Yearly value', { aliases: ['value', 'arr', 'acv', 'deal_amount'] }),
    currency: currency('Currency of the value'),
    kind: choice('What it is about; only that of a renewal says something of the contract as it stands', {
      aliases: ['opportunity_kind', 'deal_kind'],
      choices: {
        new: ['new', 'new_business', 'newbusiness'],
        expansion: ['expansion', 'upsell', 'cross_sell', 'upgrade', 'add_on', 'existing_business', 'existingbusiness'],
        renewal: ['renewal', 'renew', 'recurring'],
        other: ['other', 'none'],
      },
    }),
    lost_at: instant('When it was lost; empty while it is not', { aliases: ['lost_on', 'lost_date', 'closed_lost_at', 'closed_lost_date', 'date_lost'] }),
    subscription_id: id('The contract that it is about; empty where the account has one', { aliases: ['subscription', 'sub_id', 'contract_id', 'contract'] }),
  },
  identity: [['opportunity_id']],
  ownId: 'opportunity_id',
  statuses: { leftOut: [], asked: ['lost', 'closed_lost'], counted: ['won', 'closed_won', 'signed'] },
  effective: 'opened_at',
  fileNames: ['opportunity', 'opportunities', 'deal', 'csql'],
})
