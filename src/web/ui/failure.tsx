import type { ReactNode } from 'react'
import { toFailure } from '../api.ts'
import { type Asking, LONGER } from '../book-query.ts'
import { Banner } from './banner.tsx'
import { Button } from './button.tsx'
import { useLasting } from './skeleton.tsx'

interface FailureProps {
  readonly error: unknown
  readonly onRetry?: (() => void) | undefined
  /** Asks once more with more time; offered where time was what it lacked. */
  readonly onLonger?: (() => void) | undefined
}

/** The one way in which an error is shown: what happened, the cure, and a second try where that can help. */
export function Failure({ error, onRetry, onLonger }: FailureProps) {
  const failure = toFailure(error)
  const lacksTime = failure.code === 'question_timeout' && onLonger !== undefined
  return (
    <Banner
      tone="alarm"
      title={failure.message}
      actions={
        lacksTime ? (
          <Button size="small" onClick={onLonger}>
            Wait up to {LONGER} s
          </Button>
        ) : (
          onRetry !== undefined &&
          failure.retry && (
            <Button size="small" onClick={onRetry}>
              Try again
            </Button>
          )
        )
      }
    >
      {lacksTime ? 'It needs more time: wait for it, or ask for a shorter period.' : failure.cure}
      {failure.code !== 'unexpected' && <span className="text-faint"> ({failure.code})</span>}
    </Banner>
  )
}

interface AwaitProps<T> {
  readonly query: {
    readonly data: T | undefined
    readonly error: unknown
    readonly isError: boolean
    readonly isPlaceholderData: boolean
    readonly refetch: () => unknown
    readonly waitLonger?: Asking<T>['waitLonger']
  }
  /** Takes the same room as what is coming. */
  readonly skeleton: ReactNode
  readonly children: (data: T) => ReactNode
}

/** Answers to the question before: faded at once, gone when the new ones take longer, so that no old number stands under a new heading. */
export function Outdated({ when, skeleton, children }: { readonly when: boolean; readonly skeleton: ReactNode; readonly children: ReactNode }) {
  const long = useLasting(when, 400)
  if (long) return <div aria-busy="true">{skeleton}</div>
  return (
    <div aria-busy={when || undefined} className={`flex min-w-0 flex-col gap-[inherit] ${when ? 'pointer-events-none opacity-35' : ''}`}>
      {children}
    </div>
  )
}

/** Draws a query: the skeleton, the failure, or the data. The same data that is being asked again stays in sight. */
export function Await<T>({ query, skeleton, children }: AwaitProps<T>) {
  if (query.data !== undefined)
    return (
      <>
        {query.isError && <Failure error={query.error} onRetry={() => void query.refetch()} onLonger={query.waitLonger} />}
        <Outdated when={query.isPlaceholderData} skeleton={skeleton}>
          {children(query.data)}
        </Outdated>
      </>
    )
  if (query.isError) return <Failure error={query.error} onRetry={() => void query.refetch()} onLonger={query.waitLonger} />
  return <div aria-busy="true">{skeleton}</div>
}
