import { describe, expect, test } from 'vitest'
import { pick, randomModel } from '../../../test/invariants/random-health.ts'
import { ownError } from '../../kernel/errors.ts'
import { COMPARATORS } from '../../kernel/rule/rule.ts'
import type { Rule } from '../../kernel/rule/rule.ts'
import { seededRandom } from '../../statistics/random.ts'
import type { Random } from '../../statistics/random.ts'
import { DEFAULT_MODEL } from '../default-model.ts'
import type { HealthModel, HealthNode } from '../model.ts'
import type { FileFault } from './place.ts'
import { printModel, printOrder } from './print-model.ts'
import { readModel, readOrder } from './read-model.ts'
import type { KnownMetric } from './read-model.ts'

const METRICS: readonly KnownMetric[] = [
  { id: 'mrr', name: 'MRR', aliases: [], unit: 'money', options: {} },
  { id: 'nrr', name: 'Net revenue retention', aliases: [], unit: 'share', options: { basis: [], kind: ['whole', 'part'] } },
]
const read = (text: string): HealthModel => readModel(text, METRICS)
const NAMES = [
  'Use',
  'a: b # c',
  'yes',
  '0',
  '1e3',
  'null',
  "it's",
  '"quoted"',
  '- dash',
  '[x]',
  '{y}',
  '2024-01-01',
  'größer 🙂',
  '*star',
  '&and',
  '!bang',
  '%',
  'a\nb',
]

const randomRule = (random: Random): Rule => {
  const one = (): Rule => ({
    kind: 'comparison',
    term: {
      metric: pick(random, ['mrr', 'nrr']),
      span: random.below(2) === 0 ? null : { n: 1 + random.below(30), unit: pick(random, ['days', 'weeks', 'months'] as const) },
    },
    is: pick(random, COMPARATORS),
    value: random.below(1000) / 8,
  })
  return random.below(2) === 0 ? one() : { kind: pick(random, ['all', 'any'] as const), of: [one(), one()] }
}

/** A random model whose every part says something that a file might get wrong. */
function told(random: Random): HealthModel {
  const tell = (node: HealthNode): HealthNode => {
    const name = pick(random, NAMES)
    if (node.kind === 'group') return { ...node, name, children: node.children.map(tell) }
    const metric = pick(random, ['mrr', 'nrr'])
    const options: Record<string, string> = metric === 'nrr' && random.below(2) === 0 ? { basis: pick(random, NAMES), kind: 'part' } : {}
    const span = random.below(2) === 0 ? null : { n: 1 + random.below(400), unit: pick(random, ['days', 'weeks', 'months'] as const) }
    const reads = random.below(3) === 0 ? ({ kind: 'reading', reading: 'support' } as const) : ({ kind: 'metric', metric, options, span } as const)
    const percentiles = { better: pick(random, ['up', 'down'] as const), of: random.below(2) === 0 ? [] : ['segment=SMB', 'a=b=c'] }
    if (random.below(4) > 0) return { ...node, name, reads }
    return { ...node, name, reads, scale: { kind: 'line', points: node.scale.points, percentiles: { ...percentiles, taken_on: '2026-01-31' } } }
  }
  const { families } = randomModel(random)
  const caps = Object.fromEntries(Object.entries(DEFAULT_MODEL.caps).filter(() => random.below(2) === 0))
  const own_caps: HealthModel['own_caps'] =
    random.below(2) === 0 ? {} : { own: { name: pick(random, NAMES), at_most: random.below(70), when: randomRule(random), until: '2026-12-31' } }
  return { id: 'model_1', version: 0, name: pick(random, NAMES), min_coverage: random.unit(), families: families.map(tell), caps, own_caps }
}

test('what is printed is read as the same model, whatever it holds', () => {
  const random = seededRandom('models as text')
  for (let i = 0; i < 60; i++) {
    const model = told(random)
    const text = printModel(model, METRICS)
    expect(read(text), text).toEqual(model)
    expect(printModel(read(text), METRICS)).toBe(text)
  }
})

test('the default model is read as itself', () => {
  expect(read(printModel(DEFAULT_MODEL, METRICS))).toEqual({ ...DEFAULT_MODEL, version: 0 })
})

test('what is usual need not be written', () => {
  const short = read(
    'model: tiny\nfamilies:\n  kept:\n    weight: 1\n    reads: nrr\n    over: 1 month\n    anchors: {0.5: 0, 1: 100}\n    max_age: 30\n    missing: last_known\n',
  )
  expect(short).toMatchObject({ name: 'Tiny', min_coverage: 0.5, caps: {}, own_caps: {} })
  expect(short.families[0]).toMatchObject({ name: 'Kept', need: 1, reads: { span: { n: 1, unit: 'months' } }, missing: { kind: 'last_known', max_age: 60 } })
})

const faultsOf = (work: () => unknown): FileFault[] => {
  try {
    work()
  } catch (error) {
    const own = ownError(error)
    if (own?.code !== 'bad_health_file') throw error
    return own.details['faults'] as FileFault[]
  }
  return expect.fail('it is read')
}

describe('a text is refused at its place, with the cure', () => {
  const text = printModel(
    {
      ...DEFAULT_MODEL,
      own_caps: { own: { name: 'Own', at_most: 50, when: { kind: 'presence', term: { metric: 'mrr', span: null }, is: 'missing' }, until: '2026-12-31' } },
    },
    METRICS,
  )
  test.each([
    ['an unknown part', 'weight: 40', 'weigth: 40', 'families.usage.weigth', 'Did you mean weight?'],
    ['an unknown input', 'reads: usage', 'reads: usge', 'families.usage.reads', 'Did you mean usage'],
    ['anchors that turn back', '12: 70', '12: 10', 'families.usage.anchors', 'rise, or all fall'],
    ['anchors in no order', '4: 30', '14: 30', 'families.usage.anchors', 'Order them'],
    ['a value twice', '4: 30', '0: 30', '', 'Mend the line'],
    ['a score beyond 100', '20: 100', '20: 101', 'families.usage.anchors.20', 'Give a number'],
    ['no weight', 'weight: 40', 'weight: 0', 'families.usage.weight', 'Give a number'],
    ['a text for a number', 'max_age: 14', 'max_age: long', 'families.usage.max_age', 'Give a number'],
    ['a length of time that is none', 'reads: usage', 'reads: nrr\n    over: a while', 'families.usage.over', '90 days'],
    ['an option that is none', 'reads: usage', 'reads: nrr\n    options: {basi: x}', 'families.usage.options.basi', 'Did you mean basis'],
    ['a choice that is none', 'reads: usage', 'reads: nrr\n    options: {kind: x}', 'families.usage.options.kind', 'whole, part'],
    ['a policy that is none', 'missing: leave_out', 'missing: forget', 'families.usage.missing', 'leave_out, worst'],
    ['a cap that lets green through', 'at_most: 29', 'at_most: 70', 'caps.auto_renew_off.at_most', 'Give a number'],
    ['a cap for too long', 'days: 180', 'days: 401', 'caps.past_due_60.days', 'Give a number'],
    ['a cap that is none', 'auto_renew_off', 'auto_renew_of', 'caps.auto_renew_of', 'Did you mean auto_renew_off'],
    ['a rule that cannot be read', 'mrr is missing', 'mr is missing', 'own_caps.own.when', 'mrr'],
    ['an own cap without end', 'until: 2026-12-31', 'until: never', 'own_caps.own.until', 'YYYY-MM-DD'],
    ['a coverage beyond 1', 'min_coverage: 0.5', 'min_coverage: 50', 'min_coverage', 'Give a number'],
    ['an id of a file name', 'model: default', 'model: ../x', 'model', 'small letters'],
    ['something that stands for another', 'model: default\nname: Default', 'model: &x default\nname: *x', 'name', 'Write it out'],
  ])('%s', (_, from, to, place, cure) => {
    expect(text).toContain(from)
    const [fault] = faultsOf(() => read(text.replace(from, to)))
    expect(fault).toMatchObject({ place })
    expect(fault?.cure).toContain(cure)
    if (place !== '') expect(text.replace(from, to).split('\n')[(fault?.line ?? 0) - 1]).toBeDefined()
  })
  test('every fault is found at once, each with its line', () => {
    const faults = faultsOf(() => read(text.replace('weight: 40', 'weight: no').replace('min_coverage: 0.5', 'min_coverage: 2')))
    expect(faults.map(({ place, line }) => [place, line])).toEqual([
      ['min_coverage', 3],
      ['families.usage.weight', 8],
    ])
  })
  test.each(['', 'a', '- a', '{', 'model: x', '"'])('%j is no model', (nothing) => {
    expect(faultsOf(() => read(nothing)).length).toBeGreaterThan(0)
  })
})

describe('the order', () => {
  const MODELS = ['default', 'smb']
  const order = [
    { model: 'smb', where: { segment: ['SMB', '1'], product: ['Suite: x'] }, state: 'shadow' },
    { model: 'smb', where: { segment: ['SMB'] }, state: 'on' },
    { model: 'default', where: {}, state: 'on' },
  ] as const
  test('is read as it is printed', () => {
    expect(readOrder(printOrder(order), MODELS)).toEqual(order)
  })
  test.each([
    ['a model that is not there', 'order: [{model: sbm}]', 'order.1.model', 'default, smb'],
    ['one that is never reached', 'order: [{model: default}, {model: smb}]', 'order', 'above "default"'],
    ['no model for the rest', 'order: [{model: smb, where: {segment: SMB}}]', 'order', 'no filter'],
    ['an unknown part', 'order: [{model: default, were: {}}]', 'order.1.were', 'Did you mean where'],
  ])('with %s is refused', (_, text, place, cure) => {
    const [fault] = faultsOf(() => readOrder(text, MODELS))
    expect(fault).toMatchObject({ place })
    expect(fault?.cure).toContain(cure)
  })
})
