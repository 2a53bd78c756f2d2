/** The value of one option among NAME=VALUE texts; empty when it is not set. */
export const optionOf = (options: readonly string[], name: string): string =>
  options.find((option) => option.startsWith(`${name}=`))?.slice(name.length + 1) ?? ''

/** Options with one of them set to another value; the usual value, like nothing, leaves it out. */
export const withOption = (options: readonly string[], name: string, value: string, usual: string): string[] => [
  ...options.filter((option) => !option.startsWith(`${name}=`)),
  ...(value.trim() === '' || value.trim() === usual ? [] : [`${name}=${value.trim()}`]),
]
