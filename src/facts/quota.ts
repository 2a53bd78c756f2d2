import { choice, currency, date, defineFact, id, money, number } from './fact.ts'

export const quota = defineFact({
  id: 'quota',
  name: 'Quota',
  plural: 'quotas',
  says: 'The yearly value that a CSM is to renew or to add within some months.',
  placement: 'everywhere',
  columns: {
    csm_id: id('The CSM', { required: true, aliases: ['csm', 'owner', 'owner_id', 'user', 'rep'] }),
    kind: choice('Renewals or expansion', {
      required: true,
      aliases: ['type', 'quota_type', 'measure'],
      choices: { renewal: ['renewal', 'renewals', 'retention', 'renewed_arr'], expansion: ['expansion', 'upsell', 'cross_sell', 'growth', 'expansion_arr'] },
    }),
    starts_on: date('First day of the months it is for', {
      required: true,
      aliases: ['period', 'month', 'quarter', 'period_start', 'start', 'start_date', 'from'],
    }),
    months: number('How many months it is for', { fallback: '3', aliases: ['length', 'period_months'], min: 1, max: 24 }),
    amount: money('Yearly value to be reached', { required: true, aliases: ['quota', 'target', 'arr', 'value', 'quota_amount', 'target_amount'], min: 0 }),
    currency: currency('Currency of the amount', { required: true }),
  },
  identity: [['csm_id', 'kind', 'starts_on']],
  effective: 'starts_on',
  fileNames: ['quota', 'target', 'csm_target'],
})
