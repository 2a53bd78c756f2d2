import { bare } from '../../kernel/bare.ts'
import { didYouMean } from '../../kernel/nearest.ts'
import { isDay } from '../../kernel/period.ts'
import { readRule } from '../../kernel/rule/read-rule.ts'
import { SPAN_UNITS } from '../../kernel/rule/rule.ts'
import type { RuleMetric, Span } from '../../kernel/rule/rule.ts'
import { CAP_RULES } from '../caps.ts'
import type { CapTerms, HealthModel, HealthNode, InputNode, MissingPolicy, OwnCap } from '../model.ts'
import { CAP_BOUNDS, checkModel } from '../model.ts'
import type { ModelPlace } from '../models.ts'
import type { Percentiles, Point, Scale } from '../normalise.ts'
import { checkScale } from '../normalise.ts'
import type { Operand } from '../operand.ts'
import { READINGS, reading } from '../operand.ts'
import type { Place } from './place.ts'
import { readFile } from './place.ts'

/** A metric that an account can have, with what may be chosen of it. */
export interface KnownMetric extends RuleMetric {
  /** By name the values allowed; any where there are none. */
  readonly options: Readonly<Record<string, readonly string[]>>
}

const MODEL_ID = /^[a-z][a-z0-9_-]{0,39}$/
const PART_ID = /^[\p{L}\p{N}][\p{L}\p{N}_.-]{0,59}$/u
const ABOVE_0 = { from: 0, to: Infinity, above: true } as const

const titled = (id: string): string => `${id.charAt(0).toUpperCase()}${id.slice(1).replaceAll('_', ' ')}`

/** Reads a model from the text that a person edits. */
class ModelReader {
  readonly #metrics: readonly KnownMetric[]

  constructor(metrics: readonly KnownMetric[]) {
    this.#metrics = metrics
  }

  model(root: Place): HealthModel {
    const at = root.record(['model', 'name', 'min_coverage', 'families', 'caps', 'own_caps'], ['model', 'families'])
    const id = at.model?.text() ?? ''
    if (id !== '' && !MODEL_ID.test(id)) at.model?.fault(`"${id}" is no id of a model.`, 'Write small letters, digits, "-" and "_".')
    const model = {
      id,
      version: 0,
      name: at.name?.text() ?? titled(id),
      min_coverage: at.min_coverage?.number({ from: 0, to: 1 }) ?? 0.5,
      families: at.families === undefined ? [] : this.nodes(at.families),
      caps: at.caps === undefined ? {} : this.caps(at.caps),
      own_caps: at.own_caps === undefined ? {} : this.ownCaps(at.own_caps),
    }
    if (root.isSound) root.attempt(() => checkModel(model))
    return model
  }

  nodes(place: Place): HealthNode[] {
    const found = place.entries()
    if (found.length === 0) place.fault('There is nothing in it.', 'Give it an input, or take it out.')
    return found.map(([id, at]) => {
      if (!PART_ID.test(id)) at.fault(`"${id}" is no id.`, 'Write letters, digits, "_" and "-", no spaces.')
      return at.entries().some(([name]) => name === 'inputs') ? this.group(id, at) : this.input(id, at)
    })
  }

  group(id: string, place: Place): HealthNode {
    const at = place.record(['name', 'weight', 'inputs'], ['weight'])
    return {
      kind: 'group',
      id,
      name: at.name?.text() ?? titled(id),
      weight: at.weight?.number(ABOVE_0) ?? 1,
      children: at.inputs === undefined ? [] : this.nodes(at.inputs),
    }
  }

  input(id: string, place: Place): InputNode {
    const known = ['name', 'weight', 'reads', 'options', 'over', 'anchors', 'bands', 'percentiles', 'max_age', 'need', 'missing'] as const
    const at = place.record(known, ['weight', 'reads', 'max_age'])
    const max_age = at.max_age?.number(ABOVE_0) ?? 1
    return {
      kind: 'input',
      id,
      name: at.name?.text() ?? titled(id),
      reads: this.operand(at),
      weight: at.weight?.number(ABOVE_0) ?? 1,
      scale: this.scale(place, at),
      max_age,
      need: at.need?.number(ABOVE_0) ?? 1,
      missing: at.missing === undefined ? { kind: 'leave_out' } : this.missing(at.missing, max_age),
    }
  }

  operand(at: Partial<Record<'reads' | 'options' | 'over', Place>>): Operand {
    const id = at.reads?.text() ?? ''
    const own = READINGS.find((each) => each === id)
    if (own !== undefined) {
      for (const place of [at.options, at.over]) place?.fault(`What ${id} reads is fixed.`, 'Take this out, or read a metric.')
      return reading(own)
    }
    const metric = this.#metrics.find((each) => each.id === id)
    const known = [...READINGS, ...this.#metrics.map((each) => each.id)]
    if (metric === undefined && id !== '') at.reads?.fault(`There is no "${id}" that an account can have.`, didYouMean(id, known, 'What can be read'))
    return { kind: 'metric', metric: id, options: this.options(at.options, metric), span: at.over?.readAs((text) => text) == null ? null : this.span(at.over) }
  }

  options(place: Place | undefined, metric: KnownMetric | undefined): Record<string, string> {
    const given: Record<string, string> = bare({})
    if (place === undefined || metric === undefined) return { ...given }
    for (const [name, at] of Object.entries<Place | undefined>(place.record(Object.keys(metric.options)))) {
      if (at === undefined) continue
      const choices = metric.options[name] ?? []
      given[name] = choices.length > 0 ? at.choice(choices) : at.text()
    }
    return { ...given }
  }

  span(place: Place): Span | null {
    const text = place.text()
    const [, n, word = ''] = /^(\d{1,4}) (\w+?)s?$/.exec(text) ?? []
    const unit = SPAN_UNITS.find((each) => each === `${word}s`)
    if (unit !== undefined && Number(n) > 0) return { n: Number(n), unit }
    place.fault(`"${text}" is no length of time.`, 'Write how many days, weeks or months, such as 90 days.')
    return null
  }

  scale(place: Place, { anchors, bands, percentiles }: Partial<Record<'anchors' | 'bands' | 'percentiles', Place>>): Scale {
    const given = [anchors, bands, percentiles].filter((each) => each !== undefined)
    if (given.length !== 1) place.fault('It has not one scale.', 'Give one of anchors, bands and percentiles: values with scores from 0 to 100.')
    if (percentiles !== undefined) return this.percentiles(percentiles)
    const at = anchors ?? bands
    return { kind: anchors === undefined ? 'steps' : 'line', points: at === undefined ? [] : this.points(at) }
  }

  points(place: Place): Point[] {
    const points = place.entries().map(([value, at]): Point => {
      if (value.trim() === '' || !Number.isFinite(Number(value))) at.fault(`"${value}" is no number.`, 'Write VALUE: SCORE.')
      return [Number(value), at.number({ from: 0, to: 100 })]
    })
    if (points.every(([value]) => Number.isFinite(value))) place.attempt(() => checkScale({ kind: 'line', points }))
    return points
  }

  percentiles(place: Place): Scale {
    const at = place.record(['better', 'of', 'taken_on', 'anchors'], ['better'])
    const taken_on = at.taken_on?.text() ?? null
    if (taken_on !== null && !isDay(taken_on)) at.taken_on?.fault(`"${taken_on}" is no day.`, 'Write days as YYYY-MM-DD.')
    if ((at.anchors === undefined) !== (taken_on === null))
      place.fault('Anchors that were taken have a day, and a day has anchors.', 'Take both out to have them taken at saving.')
    const percentiles: Percentiles = { better: at.better?.choice(['up', 'down']) ?? 'up', of: at.of?.texts() ?? [], taken_on }
    for (const filter of percentiles.of)
      if (!/^[^=]+=/.test(filter)) at.of?.fault(`"${filter}" is not a filter.`, 'Write DIMENSION=VALUE, such as segment=SMB.')
    return { kind: 'line', points: at.anchors === undefined ? [] : this.points(at.anchors), percentiles }
  }

  missing(place: Place, maxAge: number): MissingPolicy {
    const text = place.text()
    if (text === 'leave_out' || text === 'worst') return { kind: text }
    if (text === 'last_known') return { kind: 'last_known', max_age: 2 * maxAge }
    const days = Number(/^last_known up to (\S+) days?$/.exec(text)?.[1])
    if (days > 0 && days < Infinity) return { kind: 'last_known', max_age: days }
    place.fault(`"${text}" does not say what counts where it is missing.`, 'Write leave_out, worst, or last_known up to 60 days.')
    return { kind: 'leave_out' }
  }

  caps(place: Place): Record<string, CapTerms> {
    const found = Object.entries<Place | undefined>(place.record(Object.keys(CAP_RULES)))
    return Object.fromEntries(
      found.flatMap(([id, terms]): [string, CapTerms][] => {
        if (terms === undefined) return []
        const at = terms.record(['at_most', 'days'], ['at_most'])
        const days = at.days?.number({ from: 1, to: CAP_BOUNDS.days }) ?? null
        return [[id, { at_most: at.at_most?.number({ from: 0, to: CAP_BOUNDS.at_most }) ?? 0, days }]]
      }),
    )
  }

  ownCaps(place: Place): Record<string, OwnCap> {
    return Object.fromEntries(
      place.entries().flatMap(([id, terms]): [string, OwnCap][] => {
        if (!PART_ID.test(id) || id in CAP_RULES)
          terms.fault(`"${id}" cannot be the id of an own cap.`, 'Write letters, digits, "_" and "-", and no cap of the product.')
        const at = terms.record(['name', 'when', 'at_most', 'until'], ['when', 'at_most', 'until'])
        const until = at.until?.text() ?? ''
        if (until !== '' && !isDay(until)) at.until?.fault(`"${until}" is no day.`, 'Write its last day as YYYY-MM-DD.')
        const when = at.when?.readAs((text) => readRule(text, this.#metrics)) ?? null
        const at_most = at.at_most?.number({ from: 0, to: CAP_BOUNDS.at_most }) ?? 0
        return when === null ? [] : [[id, { name: at.name?.text() ?? titled(id), at_most, when, until }]]
      }),
    )
  }
}

/**
 * The model that a text says, with version 0. Throws `bad_health_file`, whose details name the place, the line and the cure of
 * every fault.
 */
export const readModel = (text: string, metrics: readonly KnownMetric[]): HealthModel => readFile(text, (root) => new ModelReader(metrics).model(root))

/** The order that a text says. Throws `bad_health_file` likewise, also for a model that is not there and for one that is never reached. */
export const readOrder = (text: string, models: readonly string[]): ModelPlace[] =>
  readFile(text, (root) => {
    const at = root.record(['order'], ['order'])
    const order = at.order?.items().map((item): ModelPlace => {
      const part = item.record(['model', 'where', 'state'], ['model'])
      const where = part.where?.entries().map(([name, values]) => [name, values.texts()] as const) ?? []
      return { model: part.model?.choice(models) ?? '', where: Object.fromEntries(where), state: part.state?.choice(['on', 'shadow']) ?? 'on' }
    })
    const catchesAll = order?.findIndex(({ state, where }) => state === 'on' && Object.keys(where).length === 0) ?? -1
    if (catchesAll === -1) at.order?.fault('No model is left for accounts that meet no filter.', 'Let the last one that is on have no filter.')
    const after = order?.findIndex(({ state }, i) => i > catchesAll && state === 'on') ?? -1
    if (catchesAll !== -1 && after !== -1)
      at.order?.fault(`"${order?.[after]?.model}" stands after a model that takes all accounts.`, `Move it above "${order?.[catchesAll]?.model}".`)
    return order ?? []
  })
