import type { Contract } from '../contract/contract.ts'
import { mapping as mappingSchema } from '../contract/imports.ts'
import type { Mapping, importOps } from '../contract/imports.ts'
import { check, refuseFaults } from './faults.ts'
import type { Fault } from './faults.ts'
import type { Handlers } from './handler.ts'
import type { ApiNeeds } from './needs.ts'

function readMapping(text: string | undefined): Mapping | undefined {
  if (text === undefined) return undefined
  const faults: Fault[] = []
  try {
    const read = check(mappingSchema, JSON.parse(text), 'query', faults) as Mapping
    if (faults.length === 0) return read
  } catch {
    faults.push({ in: 'query', at: '', says: 'is not JSON' })
  }
  throw refuseFaults(faults.map((fault) => ({ ...fault, at: fault.at === '' ? 'mapping' : `mapping.${fault.at}` })))
}

export const importHandlers = ({ imports, loadSample, redoImport }: ApiNeeds): Pick<Handlers<Contract>, keyof typeof importOps> => ({
  listImportTargets: () => imports.listTargets(),
  listImports: () => imports.list(),
  createImport: () => imports.create(),
  readImport: ({ params }) => imports.read(params.id),
  addFile: ({ params, query, upload }, { content_length }) =>
    imports.addFile(params.id, { name: query.name, as: query.as, mapping: readMapping(query.mapping), bytes: content_length }, upload),
  mapFile: ({ params, body }) => imports.mapFile(params.id, params.file, body),
  removeFile: ({ params }) => imports.removeFile(params.id, params.file),
  commitImport: ({ params }) => imports.commit(params.id),
  discardImport: ({ params }) => imports.discard(params.id),
  undoImport: ({ params }) => imports.undo(params.id),
  previewUndo: ({ params }) => imports.previewUndo(params.id),
  redoImport: ({ params }) => redoImport(params.id),
  listRefused: ({ params, query }, { signal }) => imports.listRefused(params.id, query, signal),
  exportRefused: ({ params }, { signal }) => ({ file_name: `refused-${params.id}.csv`, chunks: imports.exportRefused(params.id, undefined, signal) }),
  loadSample: () => loadSample(),
})
