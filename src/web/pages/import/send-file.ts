import type { ApiError } from '../../../contract/contract.ts'
import { BinnacleError } from '../../../kernel/errors.ts'
import { hrefOf } from '../../api.ts'
import { Uploads, type SendFile } from './uploads.ts'

function failure(request: XMLHttpRequest): BinnacleError {
  try {
    const { error } = JSON.parse(request.responseText) as ApiError
    return new BinnacleError(error.code, error.message, { cure: error.cure, retry: error.retry, status: request.status })
  } catch {
    return new BinnacleError('unreachable', `The server answered ${request.status}.`, { cure: 'Try again; if it stays, look at the server log.', retry: true })
  }
}

/** Sends the bytes of a file as they are read. XMLHttpRequest, since `fetch` does not tell how far an upload is. */
const sendByRequest: SendFile = (importId, name, file, onSent, signal) =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', hrefOf('addFile', { id: importId }, { name }))
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.upload.onprogress = (event) => onSent(event.loaded)
    request.onload = () => (request.status < 300 ? resolve() : reject(failure(request)))
    request.onerror = () =>
      reject(new BinnacleError('unreachable', 'The connection to the server was lost.', { cure: 'See that Binnacle is running, then try again.', retry: true }))
    request.onabort = () => reject(new BinnacleError('stopped', 'The upload was stopped.'))
    signal.addEventListener('abort', () => request.abort())
    request.send(file)
  })

export const uploads = new Uploads(sendByRequest)

// A closed tab would cut off what is on its way, so the browser asks first.
uploads.subscribe(() => {
  window.onbeforeunload = uploads.list().some((item) => item.state !== 'failed') ? (event) => event.preventDefault() : null
})
