import { defineSettings } from './setting.ts'

/** Net new MRR as the sum of its six movements: a North Star that any company with subscriptions has. */
const NET_NEW_MRR = JSON.stringify({
  name: 'Net new MRR',
  metric: 'net_new_mrr',
  kind: 'additive',
  children: [
    { metric: 'new_mrr', sign: 1 },
    { metric: 'expansion_mrr', sign: 1 },
    { metric: 'reactivation_mrr', sign: 1 },
    { metric: 'contraction_mrr', sign: -1 },
    { metric: 'churned_mrr', sign: -1 },
    { metric: 'fx_mrr', sign: 1 },
  ],
})

export const BUSINESS = defineSettings('Your business', {
  business_type: {
    name: 'Business type',
    says: 'What the company sells, which decides which metrics are shown first; all others stay one click away',
    fallback: 'all',
    kind: 'choice',
    choices: ['all', 'saas', 'telecom', 'shop', 'services'],
    choiceNames: { saas: 'SaaS' },
    rebuilds: false,
    shows: true,
  },
  north_star: {
    name: 'North Star',
    says: 'The tree of metrics the team steers by, edited on the page of the North Star',
    fallback: NET_NEW_MRR,
    kind: 'tree',
    rebuilds: false,
  },
})
