import { LEVELS } from '../../../kernel/words/metrics.ts'
import type { Level } from '../../../kernel/words/metrics.ts'
import type { MetricEntry } from '../../../contract/question.ts'
import { useExplain, useParam, useQuestion } from '../../address.ts'
import { useCatalog } from '../../api.ts'
import { useAnswer } from '../../book-query.ts'
import { formatPeriod } from '../../format.ts'
import { askOf } from '../../question.ts'
import { Await } from '../../ui/failure.tsx'
import { Flags, Value } from '../../ui/metric.tsx'
import { Section } from '../../ui/page.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'

const NONE = 'none'
type Choice = Level | typeof NONE

const CHOICES: readonly { readonly value: Choice; readonly label: string }[] = [
  ...(Object.entries(LEVELS) as [Level, string][]).map(([value, label]) => ({ value, label })),
  { value: NONE, label: 'Hide' },
]

/** Every metric of the account, level by level; asked for when a level is opened. */
export function AccountMetrics({ id }: { readonly id: string }) {
  const [level, setLevel] = useParam('level', NONE)
  const catalog = useCatalog().data
  const { period } = useQuestion()
  const metrics = [...(catalog?.values() ?? [])].filter((metric) => metric.level === level)
  return (
    <Section title="Metrics" says={`Every metric of this account alone, in ${formatPeriod(period)}.`}>
      <div className="max-w-full overflow-x-auto">
        <Segmented<Choice> label="Level" value={level as Choice} choices={CHOICES} onChange={setLevel} />
      </div>
      {metrics.length > 0 && <Values key={level} id={id} metrics={metrics} />}
    </Section>
  )
}

function Values({ id, metrics }: { readonly id: string; readonly metrics: readonly MetricEntry[] }) {
  const question = useQuestion()
  const explain = useExplain()
  const asked = {
    metric: metrics.map((metric) => metric.id),
    ...askOf({ ...question, compare: 'none', where: [`account=${id}`] }),
    by: [],
    option: [],
    seconds: 60,
  }
  return (
    <Await query={useAnswer(asked)} skeleton={<Skeleton className="h-64" />}>
      {({ results }) => {
        const found = new Map(results.map((result) => [result.metric, result]))
        const known = metrics.filter((metric) => found.get(metric.id)?.refusal === undefined)
        return (
          <>
            <ul className="grid gap-x-10 md:grid-cols-2">
              {known.map((metric) => {
                const result = found.get(metric.id)
                return (
                  <li key={metric.id} className="flex items-baseline gap-3 border-t border-line py-1.5">
                    <button
                      type="button"
                      title={metric.says}
                      onClick={() => explain({ metric: metric.id, dims: { account: id } })}
                      className="min-w-0 flex-1 rounded-sm text-left hover:text-accent"
                    >
                      {metric.name}
                    </button>
                    {result !== undefined && <Flags flags={result.flags} />}
                    <span className="num">{result !== undefined && <Value result={result} />}</span>
                  </li>
                )
              })}
            </ul>
            {known.length < metrics.length && <p className="text-sm text-quiet">{metrics.length - known.length} more are only known of the whole company.</p>}
          </>
        )
      }}
    </Await>
  )
}
