import { Dialog } from '@base-ui/react/dialog'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type KeyboardEvent, type RefObject, useDeferredValue, useId, useMemo, useRef, useState } from 'react'
import { api, useCatalog, useLedgerState, useOverview } from '../api.ts'
import { keepScreen, useExplain, useOpenAccount, useSetScreen } from '../screen.ts'
import { showFailure, showToast } from '../ui/toast.tsx'
import { commandsFor, type Command, rank } from './commands.ts'

/** Accounts to find by name. The largest thousand are enough to type at; any id can be opened as it is. */
function useAccounts(): readonly { id: string; name: string }[] {
  const state = useLedgerState()
  const overview = useOverview().data
  const query = useQuery({
    queryKey: ['accounts', state],
    enabled: overview !== undefined && !overview.empty,
    staleTime: Infinity,
    queryFn: async ({ signal }) => {
      const today = overview?.today ?? ''
      const page = await api.listRows(
        { params: { id: 'mrr' }, query: { from: today.slice(0, 8) + '01', until: today, by: [], where: [], option: [], limit: 1000 } },
        signal,
      )
      const [id, name] = [
        page.columns.findIndex((column) => column.id === 'account_id'),
        page.columns.findIndex((column) => ['account_name', 'name', 'account'].includes(column.id)),
      ]
      return [...new Map(page.rows.map((row) => [String(row[id] ?? ''), { id: String(row[id] ?? ''), name: String(row[name] ?? row[id] ?? '') }])).values()]
    },
  })
  return query.data ?? []
}

const copyLink = (): void => void navigator.clipboard.writeText(location.href).then(() => showToast({ title: 'Link copied' }), showFailure)

function useCommands(): readonly Command[] {
  const catalog = useCatalog().data
  const overview = useOverview().data
  const accounts = useAccounts()
  const navigate = useNavigate()
  const [explain, openAccount, setScreen] = [useExplain(), useOpenAccount(), useSetScreen()]
  return useMemo(
    () =>
      commandsFor({
        metrics: overview?.empty === true ? [] : [...(catalog?.values() ?? [])],
        accounts,
        today: overview?.today ?? null,
        go: (to) => void navigate({ to, search: keepScreen }),
        explain,
        openAccount,
        setScreen,
        copyLink,
      }),
    [catalog, accounts, overview, navigate, explain, openAccount, setScreen],
  )
}

/** Finds any page, metric, account or action by a few letters. */
export function Palette({ onClose }: { readonly onClose: () => void }) {
  const [text, setText] = useState('')
  const [current, setCurrent] = useState(0)
  const typed = useDeferredValue(text)
  const listId = useId()
  const list = useRef<HTMLDivElement>(null)
  const openAccount = useOpenAccount()
  const commands = useCommands()
  const found = useMemo(() => rank(commands, typed, openAccount), [commands, typed, openAccount])
  const run = (command: Command | undefined): void => {
    if (command === undefined) return
    onClose()
    command.run()
  }
  const move = (next: number): void => {
    const to = Math.max(0, Math.min(found.length - 1, next))
    setCurrent(to)
    list.current?.querySelector(`[data-at="${to}"]`)?.scrollIntoView({ block: 'nearest' })
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = { ArrowDown: current + 1, ArrowUp: current - 1, PageDown: current + 8, PageUp: current - 8 }[event.key]
    if (next !== undefined) move(next)
    else if (event.key === 'Enter') run(found[current])
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
              setCurrent(0)
            }}
            onKeyDown={onKeyDown}
            className="h-12 shrink-0 border-b border-line bg-transparent px-4 text-lg outline-none"
          />
          <Found ref={list} id={listId} found={found} current={current} text={typed} onPoint={setCurrent} onRun={run} />
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
  readonly onPoint: (index: number) => void
  readonly onRun: (command: Command) => void
}

/** The focus stays in the box above; `aria-activedescendant` says which of these is meant. */
function Found({ ref, id, found, current, text, onPoint, onRun }: FoundProps) {
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
      {found.length === 0 && <p className="px-2.5 py-3 text-quiet">Nothing fits “{text}”.</p>}
    </div>
  )
}
