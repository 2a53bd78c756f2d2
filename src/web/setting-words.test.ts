import { describe, expect, it } from 'vitest'
import { groupSettings, settingName, valueWords } from './setting-words.ts'

describe('settings on the page', () => {
  it('shows a setting that no group names', () => {
    expect(groupSettings([{ key: 'time_zone' }, { key: 'brand_new' }])).toEqual([
      { title: 'Days and money', settings: [{ key: 'time_zone' }] },
      { title: 'More', settings: [{ key: 'brand_new' }] },
    ])
  })

  it('shows the North Star once', () => {
    expect(groupSettings([{ key: 'north_star' }])).toEqual([{ title: 'Your business', settings: [{ key: 'north_star' }] }])
  })

  it.each([
    [{ key: 'north_star' }, '{"name":"Net new MRR"}', 'North Star', 'Net new MRR'],
    [{ key: 'dunning_days' }, '30', 'Dunning time', '30 days'],
    [{ key: 'dunning_days' }, '1', 'Dunning time', '1 day'],
    [{ key: 'gross_margin' }, '0.8', 'Gross margin', '80 %'],
    [{ key: 'clv_discount_rate' }, '0.125', 'Discount rate of lifetime value', '12.5 %'],
    [{ key: 'brand_new' }, '', 'Brand new', 'none'],
    [{ key: 'churn_date' }, 'service_end', 'Churn date', 'service end'],
    [{ key: 'reactivation_window_days' }, '', 'Reactivation window', 'none'],
  ])('reads as words: %o %s', (setting, value, name, words) => {
    expect([settingName(setting.key), valueWords(setting, value)]).toEqual([name, words])
  })
})
