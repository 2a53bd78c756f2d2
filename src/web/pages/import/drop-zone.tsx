import { FolderOpen, Upload } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { filesOfDrop, filesOfInput, type FoundFile } from './chosen-files.ts'

/** True while files are dragged over the window; a drop anywhere on the page counts. */
function useDrop(onFiles: (found: FoundFile[]) => void): boolean {
  const [over, setOver] = useState(false)
  useEffect(() => {
    let depth = 0
    const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true
    const enter = (event: DragEvent) => {
      if (!holdsFiles(event)) return
      depth++
      setOver(true)
    }
    const leave = () => {
      depth = Math.max(0, depth - 1)
      if (depth === 0) setOver(false)
    }
    const drag = (event: DragEvent) => holdsFiles(event) && event.preventDefault()
    const drop = (event: DragEvent) => {
      if (!holdsFiles(event) || event.dataTransfer === null) return
      event.preventDefault()
      depth = 0
      setOver(false)
      void filesOfDrop(event.dataTransfer).then(onFiles)
    }
    const listeners = [
      ['dragenter', enter],
      ['dragleave', leave],
      ['dragover', drag],
      ['drop', drop],
    ] as const
    for (const [name, listener] of listeners) window.addEventListener(name, listener)
    return () => {
      for (const [name, listener] of listeners) window.removeEventListener(name, listener)
    }
  }, [onFiles])
  return over
}

interface DropZoneProps {
  readonly onFiles: (found: FoundFile[]) => void
  /** One line once there are files. */
  readonly small: boolean
}

/** Takes files and folders, dropped anywhere on the page or chosen. */
export function DropZone({ onFiles, small }: DropZoneProps) {
  const files = useRef<HTMLInputElement>(null)
  const folder = useRef<HTMLInputElement>(null)
  const over = useDrop(onFiles)
  const take = (input: HTMLInputElement) => {
    onFiles(filesOfInput(input.files))
    input.value = ''
  }
  return (
    <section
      aria-label="Add files"
      className={`flex flex-wrap items-center gap-x-4 gap-y-3 rounded-lg border border-dashed px-4 transition-colors duration-120 ${over ? 'border-accent bg-accent-soft' : 'border-edge'} ${small ? 'py-2.5' : 'flex-col justify-center py-12 text-center'}`}
    >
      <div className={small ? 'mr-auto' : ''}>
        <p className={small ? '' : 'text-lg font-semibold'}>
          {over ? 'Let go to add them' : small ? 'Drop more files anywhere on this page' : 'Drop your exports here, or a whole folder'}
        </p>
        {!small && (
          <p className="mx-auto max-w-[56ch] text-quiet">
            CSV files of accounts, subscriptions, discounts, charges, costs, CSMs and exchange rates, as your tools wrote them. Nothing counts before you record
            it.
          </p>
        )}
      </div>
      <div className="flex flex-wrap justify-center gap-2">
        <Button look={small ? 'plain' : 'primary'} size={small ? 'small' : 'normal'} onClick={() => files.current?.click()}>
          <Upload aria-hidden size={14} /> Choose files
        </Button>
        <Button size={small ? 'small' : 'normal'} onClick={() => folder.current?.click()}>
          <FolderOpen aria-hidden size={14} /> Choose a folder
        </Button>
      </div>
      <input ref={files} type="file" multiple hidden aria-label="Files" onChange={(event) => take(event.target)} />
      <input ref={folder} type="file" multiple hidden aria-label="Folder" {...{ webkitdirectory: '' }} onChange={(event) => take(event.target)} />
    </section>
  )
}
