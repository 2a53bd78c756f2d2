import { X } from 'lucide-react'
import type { ImportFile, ImportRecord } from '../../../contract/imports.ts'
import { IconButton } from '../../ui/button.tsx'
import { showFailure } from '../../ui/toast.tsx'
import { useRemoveFile } from './import-data.ts'

/** The cell that takes a file out of a draft. */
export function FileActions({ record, file }: { readonly record: ImportRecord; readonly file: ImportFile }) {
  const remove = useRemoveFile(record.id)
  return (
    <td className="pl-1 text-right align-top">
      <IconButton label={`Take ${file.name} out`} size="small" busy={remove.isPending} onClick={() => remove.mutate(file.id, { onError: showFailure })}>
        <X aria-hidden size={12} />
      </IconButton>
    </td>
  )
}
