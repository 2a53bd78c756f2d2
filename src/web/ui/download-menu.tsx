import { Download } from 'lucide-react'
import { useState } from 'react'
import { Button } from './button.tsx'
import { Popover } from './popover.tsx'

const FORMATS = [
  { id: 'csv', name: 'CSV' },
  { id: 'json', name: 'JSON' },
  { id: 'parquet', name: 'Parquet' },
] as const
export type FileFormat = (typeof FORMATS)[number]['id']

export interface DownloadItem {
  readonly label: string
  readonly says?: string
  /** Where the server makes the file. */
  readonly href: (format: FileFormat) => string
}

interface DownloadMenuProps {
  readonly items: readonly DownloadItem[]
  /** Stands under a table, where it must not weigh. */
  readonly quiet?: boolean
}

/** Files of what is shown, whole, in the format of choice. They are made by the server and saved as they come. */
export function DownloadMenu({ items, quiet = false }: DownloadMenuProps) {
  const [open, setOpen] = useState(false)
  return (
    <Popover
      label="Download"
      open={open}
      onOpenChange={setOpen}
      align="end"
      className="w-80"
      trigger={
        <Button size="small" look={quiet ? 'quiet' : 'plain'}>
          <Download aria-hidden size={12} /> Download
        </Button>
      }
    >
      <div className="flex flex-col gap-2.5">
        {items.map((item) => (
          <div key={item.label} className="flex items-baseline justify-between gap-3">
            <div className="min-w-0">
              <p>{item.label}</p>
              {item.says !== undefined && <p className="text-sm text-quiet">{item.says}</p>}
            </div>
            <p className="flex shrink-0 gap-3">
              {FORMATS.map(({ id, name }) => (
                <a
                  key={id}
                  href={item.href(id)}
                  download
                  onClick={() => setOpen(false)}
                  aria-label={`${item.label} as ${name}`}
                  className="font-medium underline decoration-edge underline-offset-3 hover:decoration-ink"
                >
                  {name}
                </a>
              ))}
            </p>
          </div>
        ))}
        <p className="border-t border-line pt-2 text-sm text-quiet">All of it, not only what is on screen. Money keeps every digit.</p>
      </div>
    </Popover>
  )
}
