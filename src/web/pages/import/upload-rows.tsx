import { RotateCw, X } from 'lucide-react'
import type { ImportRecord } from '../../../contract/imports.ts'
import { counted, formatBytes } from '../../format.ts'
import { IconButton } from '../../ui/button.tsx'
import { Progress } from '../../ui/progress.tsx'
import { useUploads } from './import-data.ts'
import { timeLeft } from './import-words.ts'
import { uploads } from './send-file.ts'
import type { Upload } from './uploads.ts'

/** Files on their way: how far each is, how long it will take, and the way to stop it. */
export function UploadRows({ record }: { readonly record: ImportRecord }) {
  return useUploads(record.id).map((upload) => (
    <tr key={upload.key} className="border-t border-line first:border-t-0">
      <td colSpan={7} className="py-2 pl-[18px]">
        <OneUpload upload={upload} />
      </td>
      <td className="pl-1 text-right align-top whitespace-nowrap">
        {upload.state === 'failed' && (
          <IconButton label={`Send ${upload.name} again`} size="small" onClick={() => uploads.retry(upload.key)}>
            <RotateCw aria-hidden size={12} />
          </IconButton>
        )}
        <IconButton label={upload.state === 'failed' ? `Forget ${upload.name}` : `Stop ${upload.name}`} size="small" onClick={() => uploads.remove(upload.key)}>
          <X aria-hidden size={12} />
        </IconButton>
      </td>
    </tr>
  ))
}

const KILOBYTE = 1024

function OneUpload({ upload }: { readonly upload: Upload }) {
  if (upload.state === 'failed')
    return (
      <p role="alert">
        <span className="font-medium">{upload.name}</span> <span className="text-alarm">{upload.error?.message}</span>{' '}
        <span className="text-quiet">{upload.error?.cure}</span>
      </p>
    )
  if (upload.state === 'waiting')
    return (
      <p>
        <span className="font-medium">{upload.name}</span> <span className="text-quiet">waits, {formatBytes(upload.bytes)}</span>
      </p>
    )
  if (upload.bytes > 0 && upload.sent >= upload.bytes)
    return (
      <p role="status">
        <span className="font-medium">{upload.name}</span> <span className="text-quiet">is being checked</span>
      </p>
    )
  const says = timeLeft(upload.sent, upload.bytes, upload.took)
  return (
    <Progress
      label={upload.name}
      done={Math.floor(upload.sent / KILOBYTE)}
      total={Math.ceil(upload.bytes / KILOBYTE)}
      unit="KB"
      {...(says === undefined ? {} : { says })}
    />
  )
}

/** How many files are still on their way, for the sentence beside the button. */
export const useUploading = (importId: string): number => useUploads(importId).filter((upload) => upload.state !== 'failed').length

export const leftOutWords = (files: readonly { name: string; why: string }[]): string =>
  `${counted(files.length, 'file was', 'files were')} left out: ${files.map(({ name, why }) => `${name} (${why})`).join(', ')}.`
