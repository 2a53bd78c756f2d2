import type { ImportFile } from '../../../contract/imports.ts'
import { counted } from '../../format.ts'

const DELIMITERS: Readonly<Record<string, string>> = { ',': 'commas', ';': 'semicolons', '\t': 'tabs', '|': 'bars' }

/** The first rows as they stand in the file. */
export function FirstRows({ file }: { readonly file: ImportFile }) {
  return (
    <div className="flex flex-col gap-2">
      <div className="max-h-64 overflow-auto" tabIndex={0} role="region" aria-label={`First rows of ${file.name}`}>
        <table className="border-collapse">
          <thead className="sticky top-0 bg-page">
            <tr className="border-b border-line text-sm text-quiet">
              <th scope="col" className="h-8 pr-4">
                <span className="sr-only">Line</span>
              </th>
              {file.headers.map((header, i) => (
                <th key={`${header} ${i}`} scope="col" className="h-8 pr-4 whitespace-nowrap">
                  {header}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {file.sample.map((cells, i) => (
              <tr key={i} className="border-b border-line">
                <td className="num h-7 pr-4 text-right text-sm text-faint">{i + 1}</td>
                {file.headers.map((header, k) => (
                  <td key={`${header} ${k}`} className="num h-7 max-w-72 truncate pr-4 whitespace-nowrap" title={cells[k]}>
                    {cells[k]}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="text-sm text-quiet">
        {file.rows === 0
          ? 'It has a header and no rows'
          : file.sample.length < file.rows
            ? `The first ${file.sample.length} of ${counted(file.rows, 'row')}`
            : `All ${counted(file.rows, 'row')}`}
        {file.delimiter === null ? '' : `, separated by ${DELIMITERS[file.delimiter] ?? `"${file.delimiter}"`}`}.
      </p>
    </div>
  )
}
