import { Link } from '@tanstack/react-router'
import { useOverview } from '../api.ts'
import { counted, formatDay, formatInstant } from '../format.ts'
import type { Question } from '../question.ts'
import type { Search } from '../search.ts'
import { Banner } from '../ui/banner.tsx'
import { Button, buttonClass } from '../ui/button.tsx'
import { useLasting } from '../ui/skeleton.tsx'
import { StoreBanners } from './store-banners.tsx'

export interface BannersProps {
  /** What the page asks; null where it asks nothing. */
  readonly question: Question | null
  readonly onNow: () => void
  /** What a link takes along. */
  readonly carry: Search
}

/** What must be known before any number is read. */
export const Banners = (props: BannersProps) => (
  <>
    <StoreBanners />
    <NumberBanners {...props} />
  </>
)

function NumberBanners({ question, onNow, carry }: BannersProps) {
  const overview = useOverview()
  const data = overview.data
  const refreshing = useLasting(data?.ledgers.refreshing === true, 600)
  if (data === undefined) return null
  const clocks = clockWords(question)
  const items = [
    overview.isError && (
      <Banner key="gone" tone="warning" title="The server does not answer.">
        What you see is from before. Trying again by itself.
      </Banner>
    ),
    data.reconciliation.breaks > 0 && (
      <Banner
        key="breaks"
        tone="alarm"
        title={`MRR does not reconcile in ${counted(data.reconciliation.breaks, 'place')}.`}
        actions={
          <Link to="/checks" search={carry} className={buttonClass('plain', 'small')}>
            See the breaks
          </Link>
        }
      >
        Opening + movements differs from closing there. Do not quote numbers that hold these accounts.
      </Banner>
    ),
    data.ledgers.error !== null && (
      <Banner key="error" tone="warning" title="The last refresh failed.">
        {data.ledgers.error} The numbers are those of the refresh before.
      </Banner>
    ),
    refreshing && (
      <Banner key="refreshing" title="New facts are being worked in.">
        The numbers shown are complete{data.ledgers.recorded_until === null ? '' : ` for what was recorded until ${formatInstant(data.ledgers.recorded_until)}`}
        ; they change by themselves when it is done.
      </Banner>
    ),
    clocks.length > 0 && (
      <Banner
        key="clocks"
        title="You are looking back."
        actions={
          <Button size="small" onClick={onNow}>
            Back to now
          </Button>
        }
      >
        Numbers count only {clocks.join(', and only ')}.
      </Banner>
    ),
  ].filter(Boolean)
  return items.length === 0 ? null : <div className="flex flex-col gap-2 px-4 pt-3 md:px-6">{items}</div>
}

const clockWords = (question: Question | null): string[] => [
  ...(question?.as_of === undefined ? [] : [`what had happened by ${formatDay(question.as_of)}`]),
  ...(question?.reported_on === undefined ? [] : [`what was recorded by ${sayReported(question.reported_on)}`]),
]

const sayReported = (value: string): string => (value.length === 10 ? formatDay(value) : formatInstant(value))
