import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { buttonClass } from './button.tsx'
import { EmptyState } from './empty-state.tsx'

/** What a page will hold once facts are there, and the two ways to bring them. */
export function NothingYet({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <EmptyState
      title={title}
      actions={
        <>
          <Link to="/import" className={buttonClass('primary')}>
            Import your files
          </Link>
          <Link to="/" className={buttonClass()}>
            Load the sample company
          </Link>
        </>
      }
    >
      {children}
    </EmptyState>
  )
}
