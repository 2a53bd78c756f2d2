import { Dialog } from '@base-ui/react/dialog'
import { type KeyboardEvent, type RefObject, useEffect, useId, useMemo, useRef, useState } from 'react'
import { toFailure, useCatalog, useOverview } from '../api.ts'
import { counted } from '../format.ts'
import type { Question, Target } from '../question.ts'
import { wordsOf } from '../ui/fit.ts'
import { showFailure, showToast } from '../ui/toast.tsx'
import { accountAsTyped, accountCommands, commandsFor, type Command, type PagePath, rank } from './commands.ts'
import { useAccounts } from './found-accounts.ts'

const copyLink = (): void => void navigator.clipboard.writeText(location.href).then(() => showToast({ title: 'Link copied' }), showFailure)

export interface PaletteProps {
  /** By which accounts are found as they were recorded. */
  readonly reportedOn: string | undefined
  readonly onGo: (to: PagePath) => void
  readonly onExplain: (target: Target) => void
  readonly onAccount: (id: string) => void
  readonly onAsk: (change: Partial<Question>) => void
  readonly onClose: () => void
}

function useCommands({ onGo, onExplain, onAsk }: PaletteProps): readonly Command[] {
  const catalog = useCatalog().data
  const overview = useOverview().data
  return useMemo(
    () =>
      commandsFor({
        metrics: overview?.empty === true ? [] : [...(catalog?.values() ?? [])],
        today: overview?.today ?? null,
        go: onGo,
        explain: onExplain,
        askElse: onAsk,
        copyLink,
      }),
    [catalog, overview, onGo, onExplain, onAsk],
  )
}

/** What is found for a text, and how the keys walk over it. */
function useFinding(text: string, props: PaletteProps) {
  const { reportedOn, onAccount, onClose } = props
  const [current, setCurrent] = useState(0)
  const [entered, setEntered] = useState(false)
  const commands = useCommands(props)
  const { accounts, more, waiting, error } = useAccounts(text, reportedOn)
  const found = useMemo(() => {
    const ranked = rank(commands, accountCommands(accounts, onAccount), text)
    return waiting || accounts.length > 0 || wordsOf(text).length !== 1 ? ranked : [...ranked, accountAsTyped(text, onAccount)]
  }, [commands, accounts, waiting, text, onAccount])
  const run = (command: Command | undefined): void => {
    if (command === undefined) return
    onClose()
    command.run()
  }
  // Enter that came before the answer takes the best of it.
  useEffect(() => {
    if (entered && !waiting) run(found[current])
  })
  const enter = (): void => {
    if (waiting && current === 0) setEntered(true)
    else run(found[current])
  }
  const begin = (): void => {
    setCurrent(0)
    setEntered(false)
  }
  const note =
    error !== null
      ? toFailure(error).message
      : more > 0
        ? `${counted(more, 'more account')} fit: type more of the name.`
        : waiting && found.length === 0
          ? 'Looking for accounts'
          : null
  return { found, current, setCurrent, run, enter, begin, note }
}

/** Finds any page, metric, account or action by a few letters. */
export function Palette(props: PaletteProps) {
  const { onClose } = props
  const [text, setText] = useState('')
  const listId = useId()
  const list = useRef<HTMLDivElement>(null)
  const { found, current, setCurrent, run, enter, begin, note } = useFinding(text, props)
  const move = (next: number): void => {
    const to = Math.max(0, Math.min(found.length - 1, next))
    setCurrent(to)
    list.current?.querySelector(`[data-at="${to}"]`)?.scrollIntoView({ block: 'nearest' })
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = { ArrowDown: current + 1, ArrowUp: current - 1, PageDown: current + 8, PageUp: current - 8 }[event.key]
    if (next !== undefined) move(next)
    else if (event.key === 'Enter') enter()
    else return
    event.preventDefault()
  }
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-shade transition-opacity duration-120 data-starting-style:opacity-0" />
        <Dialog.Popup
          aria-label="Find"
          className="overlay fixed top-[10dvh] left-1/2 z-50 flex max-h-[70dvh] w-[36rem] max-w-[calc(100vw-1.5rem)] -translate-x-1/2 flex-col outline-none"
        >
          <input
            autoFocus
            role="combobox"
            aria-label="Find a page, metric, account or action"
            aria-expanded="true"
            aria-controls={listId}
            aria-activedescendant={found[current] === undefined ? undefined : `${listId}-${current}`}
            placeholder="Find a page, metric, account or action"
            value={text}
            onChange={(event) => {
              setText(event.target.value)
              begin()
            }}
            onKeyDown={onKeyDown}
            className="h-12 shrink-0 border-b border-line bg-transparent px-4 text-lg outline-none"
          />
          <Found ref={list} id={listId} found={found} current={current} text={text} note={note} onPoint={setCurrent} onRun={run} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

interface FoundProps {
  readonly ref: RefObject<HTMLDivElement | null>
  readonly id: string
  readonly found: readonly Command[]
  readonly current: number
  readonly text: string
  /** What is to be known of the search itself. */
  readonly note: string | null
  readonly onPoint: (index: number) => void
  readonly onRun: (command: Command) => void
}

/** The focus stays in the box above; `aria-activedescendant` says which of these is meant. */
function Found({ ref, id, found, current, text, note, onPoint, onRun }: FoundProps) {
  return (
    <div ref={ref} id={id} role="listbox" aria-label="Found" className="overflow-y-auto p-1.5">
      {found.map((command, i) => (
        <div key={command.id} role="presentation">
          {found[i - 1]?.group !== command.group && (
            <div role="presentation" className="px-2.5 pt-2 pb-1 text-xs text-faint">
              {command.group}
            </div>
          )}
          {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the keys are those of the box */}
          <div
            id={`${id}-${i}`}
            data-at={i}
            role="option"
            tabIndex={-1}
            aria-selected={i === current}
            onPointerMove={() => onPoint(i)}
            onClick={() => onRun(command)}
            className="flex items-baseline gap-3 rounded-md px-2.5 py-1.5 aria-selected:bg-hover"
          >
            <span className="shrink-0">{command.name}</span>
            <span className="min-w-0 truncate text-sm text-quiet">{command.says}</span>
          </div>
        </div>
      ))}
      {note !== null && (
        <p role="status" className="px-2.5 py-2 text-sm text-quiet">
          {note}
        </p>
      )}
      {found.length === 0 && note === null && <p className="px-2.5 py-3 text-quiet">Nothing fits “{text}”.</p>}
    </div>
  )
}
