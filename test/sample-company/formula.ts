/** What a formula filled with numbers comes to, worked out by hand: + - x / ^, brackets and |absolute values|. Null where it has words. */
export function workedOut(filled: string): number | null {
  const text = filled.slice(0, filled.lastIndexOf(' = ')).replaceAll(',', '')
  if (/[a-wyz]/i.test(text)) return null
  const tokens = text.match(/\d+(?:\.\d+)?|[-+x/^()|]/g) ?? []
  let at = 0
  const take = (token: string): boolean => tokens[at] === token && ++at > 0
  const atom = (): number => {
    if (take('-')) return -power()
    for (const [open, close, of] of [
      ['(', ')', (value: number) => value],
      ['|', '|', Math.abs],
    ] as const)
      if (take(open)) {
        const value = sum()
        if (!take(close)) throw new Error(`no ${close} in ${filled}`)
        return of(value)
      }
    return Number(tokens[at++])
  }
  const power = (): number => {
    const base = atom()
    return take('^') ? base ** power() : base
  }
  const product = (): number => {
    let value = power()
    for (;;) {
      if (take('x')) value *= power()
      else if (take('/')) value /= power()
      else return value
    }
  }
  const sum = (): number => {
    let value = product()
    for (;;) {
      if (take('+')) value += product()
      else if (take('-')) value -= product()
      else return value
    }
  }
  const value = sum()
  if (at !== tokens.length) throw new Error(`${tokens.slice(at).join(' ')} is left over of ${filled}`)
  return value
}
