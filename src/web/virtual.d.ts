/** Method, path and media type of each operation of the contract (vite.web.config.ts). */
declare module 'virtual:routes' {
  export const routes: Record<string, readonly [method: string, path: string, produces?: string]>
}
declare module '*.svg?inline' {
  const address: string
  // oxlint-disable-next-line import/no-default-export -- so Vite hands over what stands in a file
  export default address
}
