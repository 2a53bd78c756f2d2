import { Link } from '@tanstack/react-router'

/** The name of an account, which leads to its page. */
export function AccountLink({ id, name, className = '' }: { readonly id: string; readonly name: string; readonly className?: string }) {
  return (
    <Link
      to="/accounts/$account"
      params={{ account: id }}
      className={`rounded-sm font-medium text-ink underline decoration-edge decoration-1 underline-offset-3 hover:decoration-accent ${className}`}
    >
      {name}
    </Link>
  )
}
