import type { Choice } from './select.tsx'

interface SegmentedProps<T extends string> {
  readonly label: string
  readonly value: T
  readonly choices: readonly Choice<T>[]
  readonly onChange: (value: T) => void
}

/** One of two or three, all in sight. */
export function Segmented<T extends string>({ label, value, choices, onChange }: SegmentedProps<T>) {
  return (
    <div role="group" aria-label={label} className="inline-flex rounded-md border border-line p-px">
      {choices.map((choice) => (
        <button
          key={choice.value}
          type="button"
          aria-pressed={choice.value === value}
          onClick={() => onChange(choice.value)}
          className="h-6 rounded-sm px-2 text-sm whitespace-nowrap text-quiet hover:text-ink aria-pressed:bg-hover aria-pressed:text-ink"
        >
          {choice.label}
        </button>
      ))}
    </div>
  )
}
