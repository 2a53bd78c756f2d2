const COPIED = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-opacity',
  'opacity',
  'font-size',
  'font-weight',
  'font-family',
  'text-anchor',
  'dominant-baseline',
  'font-variant-numeric',
] as const

function withStyles(source: SVGSVGElement): SVGSVGElement {
  const copy = source.cloneNode(true) as SVGSVGElement
  const originals = [source, ...source.querySelectorAll('*')]
  const copies = [copy, ...copy.querySelectorAll('*')]
  originals.forEach((element, i) => {
    const style = getComputedStyle(element)
    const target = copies[i]
    if (target === undefined) return
    target.setAttribute('style', COPIED.map((name) => `${name}:${style.getPropertyValue(name)}`).join(';'))
    target.removeAttribute('class')
  })
  return copy
}

/** A canvas at twice the size, painted as the page is. */
function blank(width: number, height: number): { canvas: HTMLCanvasElement; context: CanvasRenderingContext2D } {
  const canvas = document.createElement('canvas')
  canvas.width = width * 2
  canvas.height = height * 2
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('This browser cannot draw the picture.')
  context.scale(2, 2)
  context.fillStyle = getComputedStyle(document.documentElement).backgroundColor
  context.fillRect(0, 0, width, height)
  return { canvas, context }
}

const toBlob = (canvas: HTMLCanvasElement): Promise<Blob> =>
  new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob === null ? reject(new Error('This browser cannot make the picture.')) : resolve(blob)), 'image/png'),
  )

async function svgToPng(svg: SVGSVGElement): Promise<Blob> {
  const { width, height } = svg.getBoundingClientRect()
  const copy = withStyles(svg)
  copy.setAttribute('width', String(width))
  copy.setAttribute('height', String(height))
  const image = new Image()
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`
  await image.decode()
  const { canvas, context } = blank(width, height)
  context.drawImage(image, 0, 0, width, height)
  return toBlob(canvas)
}

/** Cells as boxes with their text: enough for a grid of numbers. */
function tableToPng(table: HTMLTableElement): Promise<Blob> {
  const frame = table.getBoundingClientRect()
  const { canvas, context } = blank(table.scrollWidth, frame.height)
  for (const cell of table.querySelectorAll<HTMLElement>('th, td')) {
    const inner = cell.querySelector<HTMLElement>('button') ?? cell
    const box = inner.getBoundingClientRect()
    const style = getComputedStyle(inner)
    const [x, y] = [box.left - frame.left, box.top - frame.top]
    context.fillStyle = style.backgroundColor
    context.fillRect(x, y, box.width, box.height)
    context.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`
    context.fillStyle = style.color
    context.textBaseline = 'middle'
    context.textAlign = style.textAlign === 'center' ? 'center' : style.textAlign === 'right' ? 'right' : 'left'
    const at = context.textAlign === 'center' ? x + box.width / 2 : context.textAlign === 'right' ? x + box.width - Number.parseFloat(style.paddingRight) : x
    context.fillText(inner.innerText.trim(), at, y + box.height / 2)
  }
  return toBlob(canvas)
}

/** A chart as a PNG in the colours it is seen in. */
export const toPng = (chart: Element): Promise<Blob> => {
  if (chart instanceof SVGSVGElement) return svgToPng(chart)
  if (chart instanceof HTMLTableElement) return tableToPng(chart)
  return Promise.reject(new Error('There is no picture of this.'))
}
