/** Method, path and media type of each operation of the contract (vite.web.config.ts). */
declare module 'virtual:routes' {
  export const routes: Record<string, readonly [method: string, path: string, produces?: string]>
}
