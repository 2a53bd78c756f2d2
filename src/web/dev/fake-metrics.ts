import type { MetricEntry } from '../../contract/question.ts'

type Brief = [id: string, name: string, says: string, unit: string, better: MetricEntry['better'], kind: string, formula: string, interval?: string]

const LIST: Brief[] = [
  ['mrr', 'MRR', 'What all active subscriptions are worth a month, at the end of the period', 'money', 'up', 'stock', 'Sum of the monthly price of every active subscription'],
  ['arr', 'ARR', 'MRR times twelve, at the end of the period', 'money', 'up', 'stock', '12 × MRR'],
  ['net_new_mrr', 'Net new MRR', 'How much MRR grew in the period', 'money', 'up', 'flow', 'New + expansion + reactivation − contraction − churn + FX'],
  ['new_mrr', 'New MRR', 'MRR of accounts that became customers for the first time', 'money', 'up', 'flow', 'Sum of new movements'],
  ['expansion_mrr', 'Expansion MRR', 'MRR that customers added', 'money', 'up', 'flow', 'Sum of expansion movements'],
  ['reactivation_mrr', 'Reactivation MRR', 'MRR of former customers who came back', 'money', 'up', 'flow', 'Sum of reactivation movements'],
  ['contraction_mrr', 'Contraction MRR', 'MRR that customers gave up while staying', 'money', 'down', 'flow', 'Sum of contraction movements'],
  ['churned_mrr', 'Churned MRR', 'MRR of customers who left', 'money', 'down', 'flow', 'Sum of churn movements'],
  ['fx_mrr', 'FX effect', 'What exchange rates did to MRR', 'money', 'context', 'flow', 'Closing − opening − movements'],
  ['nrr', 'Net revenue retention', 'Share of the opening MRR that the same customers pay at the end, growth included', 'share', 'up', 'p2p', 'MRR at the end of customers at the start / MRR at the start', 'bootstrap'],
  ['grr', 'Gross revenue retention', 'Share of the opening MRR that the same customers still pay, growth left out', 'share', 'up', 'p2p', 'Sum of min(opening, closing) of customers at the start / MRR at the start', 'bootstrap'],
  ['customer_retention_rate', 'Customer retention rate', 'Share of the customers at the start who are customers at the end', 'share', 'up', 'p2p', 'Customers at the start who stayed / customers at the start', 'wilson'],
  ['logo_churn_rate', 'Customer churn rate', 'Share of the customers at the start who left', 'share', 'down', 'p2p', 'Customers at the start who left / customers at the start', 'wilson'],
  ['gross_mrr_churn_rate', 'Gross MRR churn rate', 'Share of the opening MRR that was lost', 'share', 'down', 'p2p', '1 − GRR', 'bootstrap'],
  ['arpa', 'ARPA', 'MRR per customer at the end of the period', 'money', 'up', 'stock', 'MRR / customers', 'bootstrap'],
  ['quick_ratio', 'Quick ratio', 'MRR gained for each unit of MRR lost', 'ratio', 'up', 'flow', '(New + expansion + reactivation) / (contraction + churn)'],
  ['ltv', 'LTV', 'Profit expected from a customer', 'money', 'up', 'model', 'ARPA × margin / churn rate', 'through churn'],
  ['customers_lost', 'Customers lost', 'How many times a customer left', 'count', 'down', 'flow', 'Count of churn movements'],
  ['net_revenue', 'Net revenue', 'Bills less refunds, without tax', 'money', 'up', 'flow', 'Charges − refunds'],
]

export const CATALOG: readonly MetricEntry[] = LIST.map(([id, name, says, unit, better, kind, formula, interval]) => ({
  id, name, says, unit, better, kind, formula,
  level: 'financial',
  nature: 'quantitative',
  grain: 'account',
  null_when: kind === 'p2p' ? 'Nobody was a customer when the period began' : 'Never',
  roll_up: kind === 'p2p' ? 'ratio' : 'add',
  dimensions: ['segment', 'region', 'industry', 'csm', 'acquisition_source', 'plan'],
  interval: interval ?? null,
  version: '1',
  aliases: id === 'nrr' ? ['NDR', 'net dollar retention'] : id === 'customer_retention_rate' ? ['CRR'] : [],
  disagreements: kind === 'p2p' ? [{ anchor: 'Stripe', says: 'divides by customers at the start plus new ones' }] : [],
  options: [],
  needs: ['subscription_version'],
  settings: ['churn_date', 'dunning_days', 'mrr_discounts'],
}))
