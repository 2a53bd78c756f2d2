import { clsx } from 'clsx'
import type { ReactNode } from 'react'

type Tone = 'neutral' | 'accent' | 'good' | 'bad' | 'alarm'
const TONES: Record<Tone, string> = {
  neutral: 'bg-hover text-quiet',
  accent: 'bg-accent-soft text-accent',
  good: 'bg-good-soft text-good',
  bad: 'bg-bad-soft text-bad',
  alarm: 'bg-alarm-soft text-alarm',
}

/** A state in one or two words. */
export function Tag({ tone = 'neutral', children, className }: { readonly tone?: Tone; readonly children: ReactNode; readonly className?: string }) {
  return (
    <span className={clsx('inline-flex h-4.5 items-center gap-1 rounded-sm px-1.5 text-xs font-medium whitespace-nowrap', TONES[tone], className)}>
      {children}
    </span>
  )
}
