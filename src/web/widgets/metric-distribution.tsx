import type { Explanation } from '../../contract/question.ts'
import { BarList } from '../charts/bar-list.tsx'
import { counted, formatCount, formatPlain, formatValue } from '../format.ts'
import { Section } from '../ui/page.tsx'

/** How the values are spread of which the metric says the middle or the mean. */
export function MetricDistribution({ explanation, title = 'How they are spread' }: { readonly explanation: Explanation | undefined; readonly title?: string }) {
  const distribution = explanation?.distribution
  if (explanation === undefined || distribution === null || distribution === undefined || distribution.bins.length === 0) return null
  const { unit } = explanation.result
  const say = (value: number): string => (unit === 'share' ? formatValue(value, 'share') : formatPlain(value))
  const items = distribution.bins.map(({ from, until, reached, open }) => ({
    id: String(from),
    name: until === null ? `${say(from)} and more` : until === from ? say(from) : `${say(from)} to ${say(until)}`,
    value: reached,
    text: formatCount(reached),
    note: open === 0 ? undefined : `${formatCount(open)} not reached yet`,
  }))
  const all = distribution.bins.reduce((sum, { reached }) => sum + reached, 0)
  const [most] = items.toSorted((a, b) => b.value - a.value)
  return (
    <Section
      title={title}
      says={`${distribution.label}: ${counted(all, 'value')}${unit === 'share' || unit === 'ratio' || unit === 'score' ? '' : `, in ${unit}`}.`}
    >
      <BarList name={title} sentence={`Most, ${most?.text ?? ''}, lie at ${most?.name ?? ''}.`} items={items} columns={[distribution.label, 'How many']} />
    </Section>
  )
}
