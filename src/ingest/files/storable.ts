/** JSON in Postgres takes neither zero bytes nor halves of surrogate pairs. */
export const storable = (text: string): string =>
  text.replace(/\u0000/g, '\u2400').replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')

export const storableCell = (cell: string, most: number): string => storable(cell.length > most ? `${cell.slice(0, most)}…` : cell)
