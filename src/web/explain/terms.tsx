import { ChevronRight } from 'lucide-react'
import type { Explanation } from '../../contract/question.ts'
import { formatPlain, formatValue } from '../format.ts'
import { useOpenRows } from '../screen.ts'

type Term = Explanation['terms'][number]
const ROLES: Record<Term['role'], string> = { numerator: 'Numerator', denominator: 'Denominator', part: '' }
const LINE = '-mx-2 flex w-[calc(100%+1rem)] items-center gap-2 rounded-md px-2 py-1.5 text-left'

/** The numbers that the formula takes in. Numerator and denominator open the rows they were added up from. */
export function Terms({ explanation: { terms } }: { readonly explanation: Explanation }) {
  const openRows = useOpenRows()
  const order: Term['role'][] = ['numerator', 'denominator', 'part']
  return (
    <ul className="flex flex-col">
      {terms
        .toSorted((a, b) => order.indexOf(a.role) - order.indexOf(b.role))
        .map((term) => (
          <li key={term.name}>
            {term.role === 'part' ? (
              <div className={LINE}>
                <TermLine term={term} />
                <span className="w-13" />
              </div>
            ) : (
              <button type="button" onClick={() => openRows(term.role)} className={`${LINE} hover:bg-hover`}>
                <TermLine term={term} />
                <span className="inline-flex w-13 items-center justify-end text-sm text-accent">
                  Rows <ChevronRight aria-hidden size={14} />
                </span>
              </button>
            )}
          </li>
        ))}
      <li>
        <button type="button" onClick={() => openRows('all')} className={`${LINE} text-accent hover:bg-hover`}>
          <span className="flex-1">All rows behind this number</span>
          <ChevronRight aria-hidden size={14} />
        </button>
      </li>
    </ul>
  )
}

function TermLine({ term }: { readonly term: Term }) {
  return (
    <>
      <span className="min-w-0 flex-1">
        {term.label}
        {term.role !== 'part' && <span className="ml-2 text-sm text-faint">{ROLES[term.role]}</span>}
      </span>
      <span className="num font-medium">{term.value === null ? '–' : term.unit === 'number' ? formatPlain(term.value) : formatValue(term.value, term.unit, term.currency)}</span>
    </>
  )
}
