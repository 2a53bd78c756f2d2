import { ChevronRight } from 'lucide-react'
import type { Explanation } from '../../contract/question.ts'
import { formatPlain, formatValue } from '../format.ts'

type Term = Explanation['terms'][number]
const ROLES: Record<Term['role'], string> = { numerator: 'Numerator', denominator: 'Denominator', part: '', beside: '' }
const ORDER: Term['role'][] = ['numerator', 'denominator', 'part']
const LINE = '-mx-2 flex w-[calc(100%+1rem)] items-center gap-2 rounded-md px-2 py-1.5 text-left'

/** The numbers that the formula takes in, and apart from them those that only stand beside the value. Each opens the rows it was added up from. */
export function Terms({ terms, onRows }: { readonly terms: readonly Term[]; readonly onRows: (part: string) => void }) {
  const beside = terms.filter(({ role }) => role === 'beside')
  return (
    <>
      <ul className="flex flex-col">
        {terms
          .filter(({ role }) => role !== 'beside')
          .toSorted((a, b) => ORDER.indexOf(a.role) - ORDER.indexOf(b.role))
          .map((term) => (
            <TermLine key={term.name} term={term} onRows={onRows} />
          ))}
        <li>
          <button type="button" onClick={() => onRows('all')} className={`${LINE} text-accent hover:bg-hover`}>
            <span className="flex-1">All rows behind this number</span>
            <ChevronRight aria-hidden size={14} />
          </button>
        </li>
      </ul>
      {beside.length > 0 && (
        <>
          <h4 className="mt-2 mb-1 text-sm text-faint">Beside the value, not in its formula</h4>
          <ul className="flex flex-col">
            {beside.map((term) => (
              <TermLine key={term.name} term={term} onRows={onRows} />
            ))}
          </ul>
        </>
      )}
    </>
  )
}

function TermLine({ term, onRows }: { readonly term: Term; readonly onRows: (part: string) => void }) {
  const role = ROLES[term.role]
  const said = (
    <>
      <span className="min-w-0 flex-1">
        {term.label}
        {role !== '' && <span className="ml-2 text-sm text-faint">{role}</span>}
      </span>
      <span className="num font-medium">
        {term.value === null ? '–' : term.unit === 'number' ? formatPlain(term.value) : formatValue(term.value, term.unit, term.currency)}
      </span>
    </>
  )
  if (!term.opens)
    return (
      <li>
        <div className={LINE}>
          {said}
          <span className="w-13" />
        </div>
      </li>
    )
  return (
    <li>
      <button type="button" onClick={() => onRows(role === '' ? term.name : term.role)} className={`${LINE} hover:bg-hover`}>
        {said}
        <span className="inline-flex w-13 items-center justify-end text-sm text-accent">
          Rows <ChevronRight aria-hidden size={14} />
        </span>
      </button>
    </li>
  )
}
