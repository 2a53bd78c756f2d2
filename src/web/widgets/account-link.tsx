import { Link } from '@tanstack/react-router'
import type { Search } from '../search.ts'

/** The name of an account, which opens what is known of it. */
export function AccountLink({ id, name, className = '' }: { readonly id: string; readonly name: string; readonly className?: string }) {
  return (
    <Link
      to="."
      search={(before: Search) => ({ ...before, account: id })}
      resetScroll={false}
      className={`rounded-sm font-medium text-ink underline decoration-edge decoration-1 underline-offset-3 hover:decoration-accent ${className}`}
    >
      {name}
    </Link>
  )
}
