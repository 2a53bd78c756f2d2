const WIDTH = 24
const LINE_EVERY_MS = 10_000

interface Screen {
  readonly isTTY?: boolean
  write(text: string): unknown
}

/** How far a step is, on standard error: a bar on a terminal, elsewhere a line every ten seconds. */
export class Progress {
  readonly #to: Screen
  readonly #now: () => number
  #last = ''
  #saidAt: number

  constructor(to: Screen = process.stderr, now: () => number = () => performance.now()) {
    this.#to = to
    this.#now = now
    this.#saidAt = now()
  }

  show(step: string, done: number, total: number | null): void {
    const share = total === null || total === 0 ? null : Math.min(1, done / total)
    if (this.#to.isTTY === true)
      return this.#draw(
        `${share === null ? '' : `[${'='.repeat(Math.round(share * WIDTH)).padEnd(WIDTH)}] ${percent(share)}  `}${step}${share === null && done > 0 ? ` ${done}` : ''}`,
      )
    if (this.#now() - this.#saidAt < LINE_EVERY_MS) return
    this.#saidAt = this.#now()
    this.#to.write(`${step}${share === null ? (done > 0 ? `: ${done}` : '') : `: ${percent(share)}`}\n`)
  }

  #draw(line: string): void {
    if (line === this.#last) return
    this.#last = line
    this.#to.write(`\r\u001b[2K${line}`)
  }

  clear(): void {
    if (this.#last !== '') this.#to.write('\r\u001b[2K')
    this.#last = ''
  }
}

const percent = (share: number): string => `${Math.floor(share * 100)} %`
