import { expect, it } from 'vitest'
import type { Result } from '../../contract/question.ts'
import { attributesOf, stepsOf } from '../widgets/bridge-steps.ts'
import { floorOf, type Layer, layBridge, pile, reachOf } from './layout.ts'

const result = (metric: string, value: number | null, before: number | null = null): Result => ({
  metric,
  value,
  version: '1',
  period: { from: '2024-01-01', until: '2024-02-01', label: '2024-01' },
  dims: {},
  exact: null,
  numerator: value,
  denominator: null,
  n: 1,
  ci: null,
  ci_method: null,
  ci_says: null,
  missing_rates: [],
  unit: 'money',
  currency: 'USD',
  null_reason: null,
  flags: [],
  parts: {},
  settings_hash: 'x',
  comparison:
    before === null
      ? null
      : {
          period: { from: '2023-12-01', until: '2024-01-01', label: '2023-12' },
          value: before,
          numerator: before,
          denominator: null,
          n: 1,
          change: (value ?? 0) - before,
          alike: true,
          change_ci: null,
        },
})
const january = [
  result('mrr', 3650, 3250),
  result('new_mrr', 410),
  result('expansion_mrr', 0),
  result('reactivation_mrr', 0),
  result('contraction_mrr', 0),
  result('churned_mrr', 0),
  result('fx_mrr', -10),
]

it('bridges the opening to the closing amount', () => {
  const bars = layBridge(stepsOf(january))
  expect(bars.map(({ step, from, to }) => [step.name, from, to])).toEqual([
    ['Opening', 0, 3250],
    ['New', 3250, 3660],
    ['Expansion', 3660, 3660],
    ['Reactivation', 3660, 3660],
    ['Contraction', 3660, 3660],
    ['Churn', 3660, 3660],
    ['FX', 3660, 3650],
    ['Closing', 0, 3650],
  ])
})

it('shows what a filter by attributes of accounts moved in or out as a step of its own, so that the bridge still adds up', () => {
  const dimensions = [
    { id: 'csm', name: 'CSM', of: 'account' },
    { id: 'segment', name: 'Segment', of: 'account' },
    { id: 'plan', name: 'Plan', of: 'subscription' },
  ] as const
  const bridgeOf = (closing: number, where: string[]) => stepsOf([result('mrr', closing, 300), result('new_mrr', 50)], attributesOf(where, dimensions))
  expect(bridgeOf(500, ['plan=team', 'segment=SMB', 'segment=MID', 'csm=ann']).at(-2)).toMatchObject({
    id: 'transfer',
    name: 'Moved in',
    amount: 150,
    says: expect.stringContaining('as their CSM or segment changed'),
  })
  const bars = layBridge(bridgeOf(0, ['segment=SMB']))
  expect(bars.at(-2)).toMatchObject({ step: { name: 'Moved out', amount: -350 }, to: 0 })
  expect(bars.at(-1)?.to).toBe(0)
  expect(bridgeOf(350, ['segment=SMB']).map(({ id }) => id)).toEqual(['opening', 'new_mrr', 'mrr'])
  expect(bridgeOf(500, ['plan=team']).at(-2)?.name).toBe('Unexplained')
})

it('says that a movement without a value is missing', () => {
  const steps = stepsOf([result('mrr', 500, 300), { ...result('new_mrr', null), null_reason: 'fx_missing' }])
  expect(steps.find((step) => step.id === 'unknown')).toMatchObject({
    amount: 200,
    says: 'New: An exchange rate is missing for this time: import rates that begin earlier',
  })
})

it('does not hide what nothing explains', () => {
  expect(stepsOf([result('mrr', 500, 300), result('new_mrr', 50)]).map((step) => step.name)).toContain('Unexplained')
})

it('piles gains above zero and losses below', () => {
  const layer = (id: string, side: Layer['side'], value: number): Layer => ({ id, name: id, side, results: [result(id, value)] })
  expect(
    pile([layer('new', 'up', 10), layer('expansion', 'up', 5), layer('churn', 'down', 4), layer('fx', 'flat', -1)], 0).map(({ from, to }) => [from, to]),
  ).toEqual([
    [0, 10],
    [10, 15],
    [0, -4],
    [-4, -5],
  ])
})

it('magnifies small changes between large totals, and nothing where nothing moved', () => {
  const bridge = (closing: number) => layBridge(stepsOf([result('mrr', closing, 100_000), result('new_mrr', closing - 100_000)]))
  expect(floorOf(bridge(101_000))).toBeGreaterThan(90_000)
  expect(floorOf(bridge(100_000))).toBe(0)
})

it('calls the end of a period that is not over by its name', () => {
  expect(stepsOf([{ ...result('mrr', 500, 500), flags: ['partial'] }]).at(-1)?.name).toBe('Now')
})

it('keeps whiskers inside the picture of the bars, and does not let a wild one flatten them', () => {
  expect(
    reachOf([
      { value: 50, interval: [40, 60] },
      { value: 20, interval: [-10, 30] },
    ]),
  ).toEqual([-10, 60])
  expect(reachOf([{ value: 50, interval: [-500, 900] }])).toEqual([-50, 100])
  expect(
    reachOf([
      { value: null, interval: [0, 900] },
      { value: 5, interval: null },
    ]),
  ).toEqual([0, 5])
})
