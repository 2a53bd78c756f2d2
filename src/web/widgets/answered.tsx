import type { ReactNode } from 'react'
import { humanise } from '../format.ts'
import { splitFilter } from '../question.ts'
import { Await } from '../ui/failure.tsx'
import type { useWidgetAnswer } from './widget-answer.ts'

interface AnsweredProps {
  readonly answer: ReturnType<typeof useWidgetAnswer>
  readonly skeleton: ReactNode
  readonly children: () => ReactNode
}

/** Draws what was answered. Where a filter that is in force leaves nothing to ask, it says which one. */
export function Answered({ answer, skeleton, children }: AnsweredProps) {
  const { catalog, ids, where, query } = answer
  if (catalog !== undefined && ids.length === 0) {
    const dimensions = [...new Set(where.map((filter) => humanise(splitFilter(filter)[0]).toLowerCase()))]
    return <p className="text-quiet">This cannot be told apart by {dimensions.join(' and ')}. Take the filter away to see it.</p>
  }
  return (
    <Await query={query} skeleton={skeleton}>
      {() => children()}
    </Await>
  )
}
