import { Plus, X } from 'lucide-react'
import type { Comparator, Condition, Rule, RuleMetric, Span } from '../../../kernel/rule/rule.ts'
import { COMPARATORS, SPAN_UNITS } from '../../../kernel/rule/rule.ts'
import { unitWords } from '../../../kernel/words/units.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Combobox } from '../../ui/combobox.tsx'
import { TextInput } from '../../ui/field.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { Select } from '../../ui/select.tsx'

type Join = 'all' | 'any'
type Is = Comparator | 'missing' | 'known'

const IS: Readonly<Record<Is, string>> = {
  '<': 'is below',
  '<=': 'is at most',
  '>': 'is above',
  '>=': 'is at least',
  '=': 'is exactly',
  '!=': 'is not',
  missing: 'is missing',
  known: 'is known',
}
const IS_CHOICES = [...COMPARATORS, 'missing' as const, 'known' as const].map((value) => ({ value, label: IS[value] }))

interface Flat {
  readonly join: Join
  readonly conditions: readonly Condition[]
}

const isCondition = (rule: Rule): rule is Condition => rule.kind === 'comparison' || rule.kind === 'presence'

/** A rule as a list of conditions; null where it is more than one. */
function flatOf(rule: Rule | null): Flat | null {
  if (rule === null) return { join: 'all', conditions: [] }
  if (isCondition(rule)) return { join: 'all', conditions: [rule] }
  if (rule.kind === 'not' || !rule.of.every(isCondition)) return null
  return { join: rule.kind, conditions: rule.of.filter(isCondition) }
}

const ruleOf = ({ join, conditions }: Flat): Rule | null => {
  const [first] = conditions
  return first === undefined ? null : conditions.length === 1 ? first : { kind: join, of: conditions }
}

interface RuleFormProps {
  /** Null where the sentence says none that can be read. */
  readonly rule: Rule | null
  readonly isEmpty: boolean
  readonly metrics: readonly RuleMetric[]
  readonly onChange: (rule: Rule) => void
}

/** The conditions of a rule, one a line. */
export function RuleForm({ rule, isEmpty, metrics, onChange }: RuleFormProps) {
  if (rule === null && !isEmpty) return <p className="text-sm text-quiet">The form shows the rule again once the sentence can be read.</p>
  const flat = flatOf(rule)
  if (flat === null) return <p className="text-sm text-quiet">This rule has brackets: change it as a sentence.</p>
  const set = (next: Partial<Flat>): void => {
    const made = ruleOf({ ...flat, ...next })
    if (made !== null) onChange(made)
  }
  const replace = (at: number, condition: Condition): void => set({ conditions: flat.conditions.map((each, i) => (i === at ? condition : each)) })
  const usual = metrics.find(({ id }) => id === 'active_days_28') ?? metrics[0]
  const add = (): void => {
    if (usual !== undefined) set({ conditions: [...flat.conditions, { kind: 'comparison', term: { metric: usual.id, span: null }, is: '<', value: 5 }] })
  }
  return (
    <div className="flex flex-col gap-2">
      {flat.conditions.length > 1 && (
        <span>
          <Segmented
            label="How conditions join"
            value={flat.join}
            choices={[
              { value: 'all', label: 'All of them hold' },
              { value: 'any', label: 'Any of them holds' },
            ]}
            onChange={(join) => set({ join })}
          />
        </span>
      )}
      <ul className="flex flex-col gap-2">
        {flat.conditions.map((condition, at) => (
          <ConditionLine
            key={at}
            condition={condition}
            metrics={metrics}
            onChange={(next) => replace(at, next)}
            onRemove={flat.conditions.length > 1 ? () => set({ conditions: flat.conditions.filter((_, i) => i !== at) }) : undefined}
          />
        ))}
      </ul>
      <span>
        <Button size="small" onClick={add}>
          <Plus aria-hidden size={12} /> Add a condition
        </Button>
      </span>
    </div>
  )
}

interface LineProps {
  readonly condition: Condition
  readonly metrics: readonly RuleMetric[]
  readonly onChange: (condition: Condition) => void
  readonly onRemove: (() => void) | undefined
}

const NO_SPAN = 'usual'

function ConditionLine({ condition, metrics, onChange, onRemove }: LineProps) {
  const { term } = condition
  const metric = metrics.find(({ id }) => id === term.metric)
  const setSpan = (span: Span | null): void => onChange({ ...condition, term: { ...term, span } })
  const setIs = (is: Is): void =>
    onChange(
      is === 'missing' || is === 'known'
        ? { kind: 'presence', term, is }
        : { kind: 'comparison', term, is, value: condition.kind === 'comparison' ? condition.value : 0 },
    )
  return (
    <li className="flex flex-wrap items-center gap-2">
      <Combobox
        label="Metric"
        value={term.metric}
        choices={metrics.map(({ id, name }) => ({ value: id, label: name, says: id }))}
        onChange={(next) => onChange({ ...condition, term: { ...term, metric: next } })}
        className="w-56"
      />
      {term.span !== null && (
        <TextInput
          type="number"
          aria-label="How far back"
          min={1}
          value={term.span.n}
          onChange={(event) => setSpan({ n: Math.max(1, Math.round(Number(event.target.value))), unit: term.span?.unit ?? 'days' })}
          className="w-18!"
        />
      )}
      <Select
        label="Time"
        value={term.span?.unit ?? NO_SPAN}
        choices={[
          { value: NO_SPAN, label: 'over its usual time', says: 'Twelve months, or the window that the metric has of its own' },
          ...SPAN_UNITS.map((value) => ({ value, label: value })),
        ]}
        onChange={(next) => setSpan(SPAN_UNITS.flatMap((unit) => (unit === next ? [{ n: term.span?.n ?? 28, unit }] : []))[0] ?? null)}
      />
      <Select label="Comparison" value={condition.is as Is} choices={IS_CHOICES} onChange={setIs} />
      {condition.kind === 'comparison' && (
        <NumberBox isShare={metric?.unit === 'share'} value={condition.value} onChange={(value) => onChange({ ...condition, value })} />
      )}
      {condition.kind === 'comparison' && metric !== undefined && (
        <span className="text-quiet">{metric.unit === 'share' ? '%' : unitWords(metric.unit).after[1].trim()}</span>
      )}
      {onRemove !== undefined && (
        <IconButton label="Remove this condition" size="small" onClick={onRemove}>
          <X aria-hidden size={14} />
        </IconButton>
      )}
    </li>
  )
}

/** A number; of a share its percents. */
function NumberBox({ isShare, value, onChange }: { readonly isShare: boolean; readonly value: number; readonly onChange: (value: number) => void }) {
  const shown = isShare ? Number((value * 100).toPrecision(12)) : value
  return (
    <TextInput
      type="number"
      step="any"
      aria-label="Value"
      value={String(shown)}
      onChange={(event) => {
        const number = Number(event.target.value)
        if (event.target.value !== '' && Number.isFinite(number)) onChange(isShare ? Number((number / 100).toPrecision(12)) : number)
      }}
      className="w-28!"
    />
  )
}
