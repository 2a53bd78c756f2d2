import { Link } from '@tanstack/react-router'
import { ChevronLeft, Monitor, Moon, Search, Sun } from 'lucide-react'
import { IconButton } from '../ui/button.tsx'
import { loadable } from '../ui/loadable.tsx'
import type { Search as Carried } from '../search.ts'
import { Tag } from '../ui/tag.tsx'
import type { AskProps } from './ask-props.ts'
import { setTheme, type Theme, useTheme } from './theme.ts'

const QuestionBar = loadable<AskProps>(
  () => import('./question-bar.tsx').then((module) => module.QuestionBar),
  () => <span className="h-8.5" />,
)

const WhoPicker = loadable(
  () => import('./who-picker.tsx').then((module) => module.WhoPicker),
  () => <span className="h-8" />,
)

/** A page that others stand below. */
export interface Above {
  readonly to: '/' | '/signals' | '/accounts' | '/health/map' | '/health/models' | '/metrics' | '/import' | '/imports'
  readonly name: string
}

interface HeaderProps {
  readonly title: string
  /** Where the page has a heading of its own, what it stands below. */
  readonly above: Above | undefined
  /** What is asked; null where the page asks nothing. */
  readonly ask: AskProps | null
  /** The page is somebody's: whose is chosen here. */
  readonly who: boolean
  /** What a link takes along. */
  readonly carry: Carried
  /** The sample company counts. */
  readonly invented: boolean
  readonly onFind: () => void
}

/** Where you are, and what is asked: period, comparison, filters, clocks. */
export function Header({ title, above, ask, who, carry, invented, onFind }: HeaderProps) {
  return (
    <header className="z-20 flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line bg-page px-4 py-2 md:sticky md:top-0 md:min-h-12 md:px-6">
      {above === undefined ? (
        <h1 className="mr-auto text-lg font-semibold md:mr-2">{title}</h1>
      ) : (
        <Link to={above.to} search={carry} className="mr-auto -ml-1 flex items-center gap-0.5 text-lg font-semibold text-quiet hover:text-ink md:mr-2">
          <ChevronLeft aria-hidden size={16} /> {above.name}
        </Link>
      )}
      {invented && (
        <Link
          to="/imports"
          title="The sample company counts. Undo its import before you bring in your own files."
          className="rounded-sm focus-visible:outline-2"
        >
          <Tag tone="accent">Invented numbers: sample company</Tag>
        </Link>
      )}
      {ask !== null && (
        <div className="order-last flex w-full min-w-0 flex-wrap items-center gap-2 md:order-none md:w-auto md:flex-1">
          <QuestionBar {...ask} />
        </div>
      )}
      {who && (
        <div className="order-last flex w-full min-w-0 flex-wrap items-center gap-2 md:order-none md:w-auto md:flex-1">
          <WhoPicker />
        </div>
      )}
      <div className="flex items-center gap-1 md:ml-auto">
        <button
          type="button"
          onClick={onFind}
          className="hidden h-8 items-center gap-2 rounded-md border border-line px-2.5 text-quiet hover:bg-hover hover:text-ink md:flex"
        >
          <Search aria-hidden size={14} /> Find
          <kbd className="font-sans text-xs text-faint">{/Mac|iP/.test(navigator.platform) ? '⌘K' : 'Ctrl K'}</kbd>
        </button>
        <ThemeButton />
      </div>
    </header>
  )
}

const NEXT: Record<Theme, Theme> = { system: 'light', light: 'dark', dark: 'system' }
const ICONS = { system: Monitor, light: Sun, dark: Moon }

function ThemeButton() {
  const theme = useTheme()
  const Icon = ICONS[theme]
  return (
    <IconButton label={`Theme: ${theme}. Change to ${NEXT[theme]}`} onClick={() => setTheme(NEXT[theme])}>
      <Icon aria-hidden size={16} />
    </IconButton>
  )
}
