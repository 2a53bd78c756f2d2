import { useEffect, useState } from 'react'

/** Which accounts are chosen: single ones, or all under the filter. */
export interface Selection {
  readonly ids: ReadonlySet<string>
  readonly all: boolean
  readonly count: number
  readonly has: (id: string) => boolean
  /** Chooses a row or lets it go; with `range` all rows from the one before to this. */
  readonly toggle: (index: number, range: boolean) => void
  readonly chooseAll: () => void
  readonly clear: () => void
}

/** The rows from one to another, whichever comes first. */
export const between = (from: number, to: number): number[] => Array.from({ length: Math.abs(to - from) + 1 }, (_, i) => Math.min(from, to) + i)

/** A choice among rows that holds until another list is asked for. */
export function useSelection(rows: readonly { readonly account_id: string }[], total: number, key: string): Selection {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set())
  const [all, setAll] = useState(false)
  const [last, setLast] = useState(0)
  const clear = (): void => {
    setIds(new Set())
    setAll(false)
  }
  useEffect(clear, [key])
  const idAt = (index: number): string[] => {
    const id = rows[index]?.account_id
    return id === undefined ? [] : [id]
  }
  const toggle = (index: number, range: boolean): void => {
    const next = new Set(all ? rows.map((row) => row.account_id) : ids)
    const on = !idAt(index).every((id) => next.has(id))
    for (const id of (range ? between(last, index) : [index]).flatMap(idAt)) {
      if (on) next.add(id)
      else next.delete(id)
    }
    setAll(false)
    setIds(next)
    setLast(index)
  }
  return { ids, all, count: all ? total : ids.size, has: (id) => all || ids.has(id), toggle, chooseAll: () => setAll(true), clear }
}
