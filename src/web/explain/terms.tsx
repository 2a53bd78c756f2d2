import { ChevronRight } from 'lucide-react'
import type { Explanation } from '../../contract/question.ts'
import { formatCount, formatMoney, moneyDigits } from '../format.ts'
import { useMoney } from '../money.ts'
import { useOpenRows } from '../screen.ts'

type Term = Explanation['terms'][number]
const ROLES: Record<Term['role'], string> = { numerator: 'Numerator', denominator: 'Denominator', part: 'Part' }
const rowsOf = (term: Term): string => (term.role === 'part' ? 'all' : term.role)

/** The numbers that the formula takes in. Each opens the rows it was added up from. */
export function Terms({ explanation: { terms, result } }: { readonly explanation: Explanation }) {
  const openRows = useOpenRows()
  const money = useMoney()
  const counts = result.unit === 'count' || (result.unit === 'share' && result.n !== null && result.n === result.denominator)
  const text = (term: Term): string => {
    if (term.value === null) return '–'
    const counted = counts || term.value === result.n
    return counted ? formatCount(term.value) : formatMoney(term.value, money, moneyDigits([term.value]))
  }
  return (
    <ul className="flex flex-col">
      {terms.map((term) => (
        <li key={term.name}>
          <button type="button" onClick={() => openRows(rowsOf(term))} className="-mx-2 flex w-[calc(100%+1rem)] items-center gap-2 rounded-md px-2 py-1.5 text-left hover:bg-hover">
            <span className="min-w-0 flex-1">
              {term.label}
              {term.role !== 'part' && <span className="ml-2 text-sm text-faint">{ROLES[term.role]}</span>}
            </span>
            <span className="num font-medium">{text(term)}</span>
            <span className="inline-flex items-center text-sm text-accent">
              Rows <ChevronRight aria-hidden size={14} />
            </span>
          </button>
        </li>
      ))}
      <li>
        <button type="button" onClick={() => openRows('all')} className="-mx-2 flex w-[calc(100%+1rem)] items-center gap-2 rounded-md px-2 py-1.5 text-left text-accent hover:bg-hover">
          <span className="flex-1">All rows behind this number</span>
          <ChevronRight aria-hidden size={14} />
        </button>
      </li>
    </ul>
  )
}
