export const install = (): void => undefined
