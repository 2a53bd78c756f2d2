import { AlertTriangle, CircleCheck, Info, OctagonAlert } from 'lucide-react'
import type { ReactNode } from 'react'

type Tone = 'info' | 'good' | 'warning' | 'alarm'
const TONES: Record<Tone, { className: string; icon: ReactNode }> = {
  info: { className: 'bg-accent-soft', icon: <Info aria-hidden size={16} className="text-accent" /> },
  good: { className: 'bg-good-soft', icon: <CircleCheck aria-hidden size={16} className="text-good" /> },
  warning: { className: 'bg-bad-soft', icon: <AlertTriangle aria-hidden size={16} className="text-bad" /> },
  alarm: { className: 'bg-alarm-soft', icon: <OctagonAlert aria-hidden size={16} className="text-alarm" /> },
}

interface BannerProps {
  readonly tone?: Tone
  readonly title: string
  readonly children?: ReactNode
  readonly actions?: ReactNode
}

/** A sentence that stands above what it is about. Only `alarm` and `warning` interrupt a screen reader. */
export function Banner({ tone = 'info', title, children, actions }: BannerProps) {
  const { className, icon } = TONES[tone]
  return (
    <div
      role={tone === 'alarm' || tone === 'warning' ? 'alert' : 'status'}
      className={`flex flex-wrap items-start gap-x-3 gap-y-2 rounded-md px-3 py-2 ${className}`}
    >
      <span className="mt-0.5">{icon}</span>
      <div className="min-w-48 flex-1">
        <span className="font-medium">{title}</span>
        {children !== undefined && <span className="text-quiet"> {children}</span>}
      </div>
      {actions !== undefined && <div className="flex gap-2">{actions}</div>}
    </div>
  )
}
