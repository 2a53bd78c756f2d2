import { Link } from '@tanstack/react-router'
import { Search } from 'lucide-react'
import type { Search as Carried } from '../search.ts'
import icon from '../icon.svg?inline'
import { isAt, PLACES } from './places.ts'

const ITEM =
  'flex flex-1 flex-col items-center justify-center gap-0.5 rounded-md px-1 py-1.5 text-xs text-quiet hover:bg-hover hover:text-ink aria-[current]:bg-accent-soft aria-[current]:text-accent md:flex-none'

interface RailProps {
  /** Where the page is. */
  readonly path: string
  /** What a link takes along. */
  readonly carry: Carried
  readonly onFind: () => void
}

/** The places of the app: a rail at the left, a bar at the bottom where the screen is narrow. */
export function Rail({ path, carry, onFind }: RailProps) {
  return (
    <nav
      aria-label="Places"
      className="fixed inset-x-0 bottom-0 z-30 flex gap-1 border-t border-line bg-page px-2 pt-1 pb-[max(0.25rem,env(safe-area-inset-bottom))] md:static md:w-19 md:shrink-0 md:flex-col md:border-t-0 md:border-r md:px-1.5 md:py-2.5"
    >
      <span aria-hidden className="mb-2 hidden justify-center md:flex">
        <img src={icon} alt="" width={24} height={24} />
      </span>
      {PLACES.map((place) => (
        <Link key={place.to} to={place.to} search={carry} aria-current={isAt(place, path) ? 'page' : undefined} activeProps={{}} className={ITEM}>
          <place.icon aria-hidden size={18} strokeWidth={1.75} />
          {place.name}
        </Link>
      ))}
      <button type="button" onClick={onFind} className={`${ITEM} md:hidden`}>
        <Search aria-hidden size={18} strokeWidth={1.75} />
        Find
      </button>
    </nav>
  )
}
