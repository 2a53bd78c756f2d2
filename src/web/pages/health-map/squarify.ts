export interface Rectangle {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** The worst side-to-side ratio in a row of areas along a side. */
function worst(row: readonly number[], sum: number, side: number): number {
  const [most, least] = [Math.max(...row), Math.min(...row)]
  return Math.max((side * side * most) / (sum * sum), (sum * sum) / (side * side * least))
}

/**
 * Rectangles whose areas stand to each other as the sizes do, each as near to a square as the ones before it allow (Bruls,
 * Huizing and van Wijk 2000). Sizes are above 0, the largest first; rectangles come in their order and fill the whole.
 */
export function squarify(sizes: readonly number[], whole: Rectangle): Rectangle[] {
  const total = sizes.reduce((sum, size) => sum + size, 0)
  if (total === 0 || whole.width <= 0 || whole.height <= 0) return []
  const areas = sizes.map((size) => (size / total) * whole.width * whole.height)
  const found: Rectangle[] = []
  let { x, y, width, height } = whole
  let [row, sum]: [number[], number] = [[], 0]
  const lay = (): void => {
    const isWide = width >= height
    const thick = sum / (isWide ? height : width)
    let along = isWide ? y : x
    for (const area of row) {
      const long = area / thick
      found.push(isWide ? { x, y: along, width: thick, height: long } : { x: along, y, width: long, height: thick })
      along += long
    }
    if (isWide) [x, width] = [x + thick, width - thick]
    else [y, height] = [y + thick, height - thick]
    ;[row, sum] = [[], 0]
  }
  for (const area of areas) {
    const side = Math.min(width, height)
    if (row.length > 0 && worst([...row, area], sum + area, side) > worst(row, sum, side)) lay()
    row.push(area)
    sum += area
  }
  if (row.length > 0) lay()
  return found
}
