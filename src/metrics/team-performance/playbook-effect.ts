import { differenceInDifferences } from '../../statistics/difference-in-differences.ts'
import { newcombe } from '../../statistics/newcombe.ts'
import type { Count } from '../../statistics/newcombe.ts'
import { defineMetric } from '../kit/metric.ts'
import type { Measure } from '../kit/metric.ts'
import type { Reckoning } from '../kit/reckoning.ts'
import { computed } from '../kit/value.ts'
import type { Parts } from '../kit/value.ts'
import { runsJudged } from '../rows/team-work.ts'

const LEAST = 5
const IN_DIFFERENCES = '100 x (({treated_after} - {treated_before}) / {treated_pairs} - ({control_after} - {control_before}) / {control_pairs})'
const counted = (when: string, label: string): Measure => ({ of: runsJudged, each: '1', when, label, kind: 'count' })
const known = "success_before != ''"

const points = (ends: readonly [number, number] | null): readonly [number, number] | null => (ends === null ? null : [ends[0] * 100, ends[1] * 100])

/** Against accounts held out by chance where there are enough of them, else against a control group, both before and after. */
function effect({ number }: Parts): Reckoning {
  const count = (k: string, n: string): Count => ({ k: number[k] ?? 0, n: number[n] ?? 0 })
  const [treated, holdout] = [count('treated_success', 'treated'), count('holdout_success', 'holdout')]
  if (treated.n >= LEAST && holdout.n >= LEAST)
    return {
      value: 100 * (treated.k / treated.n - holdout.k / holdout.n),
      ci: points(newcombe(treated, holdout)),
      ci_method: 'newcombe',
      beside: { randomised: 1 },
    }
  const [before, after] = [count('treated_before', 'treated_pairs'), count('treated_after', 'treated_pairs')]
  const [controlBefore, controlAfter] = [count('control_before', 'control_pairs'), count('control_after', 'control_pairs')]
  const found = after.n < LEAST || controlAfter.n < LEAST ? null : differenceInDifferences({ before, after }, { before: controlBefore, after: controlAfter })
  if (found === null) return { value: null, null_reason: 'small_group', beside: { randomised: null } }
  return {
    value: 100 * found.value,
    se: 100 * found.se,
    ci: points(found.interval),
    ci_method: 'difference in differences',
    beside: { randomised: 0 },
    formula: IN_DIFFERENCES,
  }
}

const runs = (arm: string, n: number, before: number, after: number) =>
  Array.from({ length: n }, (_, i) => ({
    run_id: `${arm}${i}`,
    account_id: `${arm}${i}`,
    playbook: 'p',
    started_at: '2024-03-05T12:00:00Z',
    arm,
    success: i < after ? 'yes' : 'no',
    success_before: before < 0 ? '' : i < before ? 'yes' : 'no',
  }))

export const playbookEffect = defineMetric({
  id: 'playbook_effect',
  name: 'Playbook effect',
  says: 'How many more of 100 treated accounts succeeded than without the playbook: against accounts held out by chance, or else the change against the change of a control group.',
  level: 'team-performance',
  kind: 'cohort',
  grain: 'account',
  unit: 'points',
  better: 'up',
  rollUp: 'none',
  dimensions: 'account',
  formula: '100 x ({treated_success} / {treated} - {holdout_success} / {holdout})',
  nullWhen: 'A group holds fewer than 5 accounts whose success is known.',
  measures: {
    treated_success: counted("arm = 'treated' AND success = 'yes'", 'Treated, with success'),
    treated: counted("arm = 'treated'", 'Treated'),
    holdout_success: counted("arm = 'holdout' AND success = 'yes'", 'Held out, with success'),
    holdout: counted("arm = 'holdout'", 'Held out'),
    treated_pairs: counted(`arm = 'treated' AND ${known}`, 'Treated, known before'),
    treated_before: counted("arm = 'treated' AND success_before = 'yes'", 'Treated, success before'),
    treated_after: counted(`arm = 'treated' AND ${known} AND success = 'yes'`, 'Treated, success after'),
    control_pairs: counted(`arm = 'control' AND ${known}`, 'Compared with, known before'),
    control_before: counted("arm = 'control' AND success_before = 'yes'", 'Compared with, success before'),
    control_after: counted(`arm = 'control' AND ${known} AND success = 'yes'`, 'Compared with, success after'),
  },
  value: computed(effect),
  n: 'treated',
  ownInterval: 'Newcombe with a hold-out, else difference in differences',
  besides: { randomised: '1: against a hold-out drawn by chance; 0: against a control group, which proves less' },
  settings: ['time_zone'],
  aliases: ['play effect', 'save rate'],
  examples: [
    {
      says: 'justify_did: 18 to 12 of 150 treated, 22 to 21 of 200 compared with',
      facts: { play_run: [...runs('treated', 150, 18, 12), ...runs('control', 200, 22, 21)] },
      value: -3.5,
      ci: [-12.596517, 5.596517],
      parts: { randomised: 0 },
    },
    {
      says: '6 of 10 treated against 2 of 10 held out',
      facts: { play_run: [...runs('treated', 10, -1, 6), ...runs('holdout', 10, -1, 2)] },
      value: 40,
      parts: { randomised: 1 },
    },
    {
      says: 'four held out are too few',
      facts: { play_run: [...runs('treated', 10, -1, 6), ...runs('holdout', 4, -1, 2)] },
      value: null,
      null_reason: 'small_group',
    },
  ],
})
