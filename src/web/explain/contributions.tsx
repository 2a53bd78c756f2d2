import type { Unit } from '../../kernel/words/units.ts'
import { useState } from 'react'
import type { Explanation } from '../../contract/question.ts'
import { type BarItem, BarList } from '../charts/bar-list.tsx'
import { formatChange, formatPeriod, formatValue } from '../format.ts'
import { Button } from '../ui/button.tsx'
import { DrawerSection } from './drawer-section.tsx'

const MOST = 10
type Given = NonNullable<Explanation['contributions']>

interface ContributionsProps {
  readonly contributions: Given
  readonly unit: Unit
  readonly currency: string | null
  /** The customers of the start are set against the value before, each by its weight. */
  readonly againstBefore: boolean
  readonly onAccount: (id: string) => void
}

/** What the change since the other period is made of. The bars add up to it, and the last line says so. */
export function Contributions({ contributions, unit, currency, againstBefore, onAccount }: ContributionsProps) {
  const { compared_with, from, to, items } = contributions
  const [all, setAll] = useState(false)
  if (from === null || to === null) return null
  const bars = items.map((item, i): BarItem => ({
    id: item.account_id ?? `line-${i}`,
    name: item.label,
    value: item.amount,
    text: precise(item.amount, unit, currency),
    quiet: item.account_id === null,
  }))
  const shown = all ? bars : bars.slice(0, MOST)
  const rest = bars.slice(shown.length)
  const restSum = rest.reduce((sum, bar) => sum + (bar.value ?? 0), 0)
  if (rest.length > 0) shown.push({ id: 'rest', name: `${rest.length} more`, value: restSum, text: precise(restSum, unit, currency), quiet: true })
  const sum = items.reduce((total, item) => total + item.amount, 0)
  return (
    <DrawerSection title={`What changed since ${formatPeriod(compared_with)}`}>
      {againstBefore && bars.length > 0 && (
        <p className="text-quiet">Each account against the {formatValue(from, unit, currency)} of then, by its weight now.</p>
      )}
      {bars.length === 0 ? (
        <p className="text-quiet">Nothing: the value is the same.</p>
      ) : (
        <div className="pt-2">
          <BarList
            name="Contributions to the change"
            sentence={`The change of ${precise(to - from, unit, currency)} is made of ${bars.map((bar) => `${bar.name} ${bar.text}`).join(', ')}.`}
            items={shown}
            columns={['Contribution', 'Amount']}
            signed
            onOpen={(bar) => items.some((item) => item.account_id === bar.id) && onAccount(bar.id)}
          />
        </div>
      )}
      {rest.length > 0 && (
        <Button size="small" look="quiet" className="self-start" onClick={() => setAll(true)}>
          Show all {bars.length}
        </Button>
      )}
      <p className="num flex flex-wrap justify-between gap-x-4 border-t border-line pt-2">
        <span className="text-quiet">
          Adds up to the change from {formatValue(from, unit, currency)} to {formatValue(to, unit, currency)}
        </span>
        <span className="font-medium">{precise(sum, unit, currency)}</span>
      </p>
    </DrawerSection>
  )
}

/** Contributions to a share are often hundredths of a point. */
function precise(amount: number, unit: Unit, currency: string | null): string {
  if (unit !== 'share' || Math.abs(amount) >= 0.001 || amount === 0) return formatChange(amount, unit, currency)
  return `${amount > 0 ? '+' : '−'}${(Math.abs(amount) * 100).toFixed(2)} pp`
}
