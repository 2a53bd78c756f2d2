import { api } from './api.ts'

const KEY = 'binnacle.loaded_anew'
const LEAST = 60_000

/**
 * Loads the page anew, which has all its state in the address, when some of its code did not come: a browser that failed
 * to get it does not ask again, and a newer version of the server has no code of the old one. Not while the server is
 * away, since what is shown would be gone, and once a minute at most.
 */
export async function loadAnew(): Promise<void> {
  try {
    if (Date.now() - Number(sessionStorage.getItem(KEY)) < LEAST) return
    await api.health({})
    sessionStorage.setItem(KEY, String(Date.now()))
    location.reload()
  } catch {
    // The server is away, or the browser keeps nothing: the press that is tried again comes back here.
  }
}
