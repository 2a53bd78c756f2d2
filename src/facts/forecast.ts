import { currency, date, defineFact, id, instant, money, number } from './fact.ts'

export const forecast = defineFact({
  id: 'forecast',
  name: 'Renewal forecast',
  plural: 'renewal forecasts',
  says: 'The yearly value that a CSM expected to renew within some months, as it was said on a day. The last one said before the months begin is the one that is judged.',
  placement: 'everywhere',
  columns: {
    csm_id: id('The CSM', { required: true, aliases: ['csm', 'owner', 'owner_id', 'user', 'rep'] }),
    starts_on: date('First day of the months it is for', {
      required: true,
      aliases: ['period', 'month', 'quarter', 'period_start', 'start', 'start_date', 'from'],
    }),
    months: number('How many months it is for', { fallback: '3', aliases: ['length', 'period_months'], min: 1, max: 24 }),
    frozen_at: instant('When it was said', { required: true, aliases: ['frozen', 'submitted_at', 'forecasted_at', 'forecast_date', 'snapshot_date', 'as_of'] }),
    amount: money('Yearly value expected to renew', { required: true, aliases: ['forecast', 'forecast_amount', 'commit', 'expected', 'arr', 'value'], min: 0 }),
    currency: currency('Currency of the amount', { required: true }),
  },
  identity: [['csm_id', 'starts_on', 'frozen_at']],
  effective: 'frozen_at',
  fileNames: ['forecast', 'renewal_forecast', 'commit'],
})
