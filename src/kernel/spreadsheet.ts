/**
 * Spreadsheets run a cell that begins with one of these, also in its full-width form. Such cells get an apostrophe, unless
 * they are numbers, which nothing runs. https://owasp.org/www-community/attacks/CSV_Injection
 */
const DANGEROUS = /^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/
const NUMBER = /^[-+]?\d[\d.,\s]*%?$/

const isRun = (cell: string): boolean => DANGEROUS.test(cell) && !NUMBER.test(cell)

/** The cell as a spreadsheet shows it and runs nothing. */
export const escapeFormula = (cell: string): string => (isRun(cell) ? `'${cell}` : cell)

/** What `escapeFormula` was given. */
export const unescapeFormula = (cell: string): string => (cell.startsWith("'") && isRun(cell.slice(1)) ? cell.slice(1) : cell)
