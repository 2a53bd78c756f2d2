import { cloneElement, type ReactElement, type ReactNode } from 'react'
import { loadable } from './loadable.tsx'

export interface MenuItem {
  readonly id: string
  readonly label: string
  readonly icon?: ReactNode
  readonly onSelect: () => void
  readonly disabled?: boolean
  readonly danger?: boolean
}

export interface MenuProps {
  readonly trigger: ReactElement<{ onClick?: () => void }>
  readonly items: readonly MenuItem[]
  readonly align?: 'start' | 'end'
}

/** Actions at a button. */
export const Menu = loadable<MenuProps>(
  () => import('./menu-live.tsx').then((module) => module.default),
  ({ trigger }, onPress) => cloneElement(trigger, { onClick: onPress }),
)
