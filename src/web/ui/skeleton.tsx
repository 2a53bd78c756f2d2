import { clsx } from 'clsx'
import { useEffect, useState } from 'react'

/** True once it has lasted: what is quick never flickers. */
export function useLasting(active: boolean, ms = 200): boolean {
  const [lasted, setLasted] = useState(false)
  useEffect(() => {
    if (!active) {
      setLasted(false)
      return
    }
    const timer = setTimeout(() => setLasted(true), ms)
    return () => clearTimeout(timer)
  }, [active, ms])
  return active && lasted
}

/** Takes the place of what is coming from the first moment, and is seen after 200 ms. */
export function Skeleton({ className = 'h-4 w-full' }: { readonly className?: string }) {
  const seen = useLasting(true)
  return <div aria-hidden className={clsx('rounded-sm transition-colors duration-180', seen && 'bg-hover', className)} />
}
