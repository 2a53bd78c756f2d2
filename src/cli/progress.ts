const WIDTH = 24

/** A progress bar on standard error, on a terminal only. */
export class Progress {
  #last = ''

  show(step: string, done: number, total: number | null): void {
    if (!process.stderr.isTTY) return
    const share = total === null || total === 0 ? null : Math.min(1, done / total)
    const bar = share === null ? '' : `[${'='.repeat(Math.round(share * WIDTH)).padEnd(WIDTH)}] ${Math.floor(share * 100)} %  `
    const line = `${bar}${step}${share === null && done > 0 ? ` ${done}` : ''}`
    if (line === this.#last) return
    this.#last = line
    process.stderr.write(`\r\u001b[2K${line}`)
  }

  clear(): void {
    if (this.#last !== '') process.stderr.write('\r\u001b[2K')
    this.#last = ''
  }
}
