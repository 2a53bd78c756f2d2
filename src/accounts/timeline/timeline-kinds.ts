import type { FactDefinition } from '../../facts/fact.ts'
import { nameOfId } from '../../kernel/words/names.ts'
import { RECORDED } from '../record.ts'
import type { FactValue, Version } from '../version.ts'
import type { Known, TimelineKind, Told } from './happening.ts'
import { joined, moneyOf, plain } from './happening.ts'

const modules = import.meta.glob<Record<string, unknown>>(['./kinds/*.ts', '!./kinds/*.test.ts'], { eager: true })

const isKind = (value: unknown): value is TimelineKind => typeof value === 'object' && value !== null && 'tell' in value && 'of' in value

const OWN: readonly TimelineKind[] = Object.values(modules).flatMap((module) => Object.values(module).filter(isKind))

const told: ReadonlySet<FactDefinition> = new Set(OWN.flatMap(({ of }) => of))

/** Columns that say what a fact is about, the most telling first. */
const TELLING = ['title', 'name', 'rule', 'feature', 'subject', 'kind', 'product'] as const

/** A fact that no kind tells of, by its name and what it is about. */
function plainly(fact: FactDefinition, own: Version): Told {
  const about = TELLING.map((column) => own.values[column] ?? null).find((value): value is Exclude<FactValue, null> => value !== null)
  return {
    of: own,
    what: 'recorded',
    at: own.values[fact.effective] ?? null,
    title: joined([fact.name, about === undefined ? null : plain(about)], ': ') ?? fact.name,
    detail: moneyOf(own.values.amount ?? null, own.values.currency ?? null),
  }
}

/** Whatever else is recorded of an account: a timeline leaves nothing out. */
const REST: TimelineKind = {
  id: 'other',
  name: 'Other',
  of: RECORDED.filter((fact) => !told.has(fact)),
  tell: (known: Known) => REST.of.flatMap((fact) => known.of(fact).map((own) => plainly(fact, own))),
}

/** What rules make of facts: no fact says it by itself. */
export const RULE_KINDS = { money: 'Revenue', use: 'Use', signals: 'Signals', health: 'Health' } as const
export type RuleKind = keyof typeof RULE_KINDS

/** Kinds of facts that stand on a timeline, found by scanning the folder. */
export const TIMELINE_KINDS: readonly TimelineKind[] = [...OWN, REST].sort((a, b) => (a.id < b.id ? -1 : 1))

/** Every kind by which a timeline can be filtered. */
export const TIMELINE_FILTERS: readonly { readonly id: string; readonly name: string }[] = [
  ...Object.entries(RULE_KINDS).map(([id, name]) => ({ id, name })),
  ...TIMELINE_KINDS.map(({ id, name }) => ({ id, name })),
].sort((a, b) => (nameOfId(a.name) < nameOfId(b.name) ? -1 : 1))
