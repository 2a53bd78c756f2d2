import { Link } from '@tanstack/react-router'
import { Monitor, Moon, Search, Sun } from 'lucide-react'
import { IconButton } from '../ui/button.tsx'
import { loadable } from '../ui/loadable.tsx'
import { Tag } from '../ui/tag.tsx'
import { setTheme, type Theme, useTheme } from './theme.ts'

const QuestionBar = loadable(
  () => import('./question-bar.tsx').then((module) => module.QuestionBar),
  () => <span className="h-8.5" />,
)

interface HeaderProps {
  readonly title: string
  readonly asks: boolean
  /** The sample company counts. */
  readonly invented: boolean
  readonly onFind: () => void
}

/** Where you are, and what is asked: period, comparison, filters, clocks. */
export function Header({ title, asks, invented, onFind }: HeaderProps) {
  return (
    <header className="z-20 flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line bg-page px-4 py-2 md:sticky md:top-0 md:min-h-12 md:px-6">
      <h1 className="mr-auto text-lg font-semibold md:mr-2">{title}</h1>
      {invented && (
        <Link
          to="/imports"
          title="The sample company counts. Undo its import before you bring in your own files."
          className="rounded-sm focus-visible:outline-2"
        >
          <Tag tone="accent">Invented numbers: sample company</Tag>
        </Link>
      )}
      {asks && (
        <div className="order-last flex w-full min-w-0 flex-wrap items-center gap-2 md:order-none md:w-auto md:flex-1">
          <QuestionBar />
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
