import { lazy, type ReactElement, type ReactNode, Suspense } from 'react'

export interface MenuItem {
  readonly id: string
  readonly label: string
  readonly icon?: ReactNode
  readonly onSelect: () => void
  readonly disabled?: boolean
  readonly danger?: boolean
}

export interface MenuProps {
  readonly trigger: ReactElement
  readonly items: readonly MenuItem[]
  readonly align?: 'start' | 'end'
}

const Live = lazy(() => import('./menu-live.tsx'))

/** Actions at a button. */
export function Menu(props: MenuProps) {
  return (
    <Suspense fallback={props.trigger}>
      <Live {...props} />
    </Suspense>
  )
}
