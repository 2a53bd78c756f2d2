import { ArrowDown, ArrowUp, Equal } from 'lucide-react'
import { DIRECTIONS, type Direction as Better } from '../../kernel/words/metrics.ts'

const SIGNS = { up: ArrowUp, down: ArrowDown, context: Equal }

/** Which way is good, as a sign with its words. */
export function Direction({ better }: { readonly better: Better }) {
  const Icon = SIGNS[better]
  const says = DIRECTIONS[better].label
  return (
    <span className="inline-flex items-center gap-1 text-quiet" title={says}>
      <Icon aria-hidden size={12} />
      <span className="sr-only">{says}</span>
    </span>
  )
}
