import type { ChartColours, SeriesLook } from './chart-colours'

/** Pixels of the picture for each of the page. */
const SCALE = 2
const PADDING = 16
const TITLE_PIXELS = 28
const ROW_PIXELS = 20
const SWATCH_PIXELS = 14

export interface PictureRow {
  readonly look: SeriesLook
  readonly name: string
  /** `last 71.42 °C · min …` */
  readonly facts: string
}

interface Picture {
  readonly title: string
  readonly subtitle: string
  readonly rows: readonly PictureRow[]
}

/** The lines with title and legend, as the bytes of a PNG file. */
export async function chartPicture(plot: HTMLCanvasElement, { title, subtitle, rows }: Picture, colours: ChartColours): Promise<Uint8Array<ArrayBuffer>> {
  const width = plot.width / SCALE + 2 * PADDING
  const plotHeight = plot.height / SCALE
  const height = PADDING + TITLE_PIXELS + plotHeight + rows.length * ROW_PIXELS + PADDING
  const canvas = document.createElement('canvas')
  canvas.width = width * SCALE
  canvas.height = height * SCALE
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('the page cannot draw')
  context.scale(SCALE, SCALE)
  context.fillStyle = colours.surface
  context.fillRect(0, 0, width, height)
  context.textBaseline = 'middle'
  const write = (text: string, x: number, y: number, font: string, colour: string, most: number): number => {
    context.font = `${font} ${colours.fontFamily}`
    context.fillStyle = colour
    context.fillText(text, x, y, most)
    return Math.min(most, context.measureText(text).width)
  }
  const inner = width - 2 * PADDING
  const titleWidth = write(title, PADDING, PADDING + 8, '600 15px', colours.text, inner * 0.7)
  write(subtitle, PADDING + titleWidth + 12, PADDING + 8, '12px', colours.textFaint, inner - titleWidth - 12)
  context.drawImage(plot, PADDING, PADDING + TITLE_PIXELS, plot.width / SCALE, plotHeight)
  rows.forEach(({ look, name, facts }, row) => {
    const y = PADDING + TITLE_PIXELS + plotHeight + row * ROW_PIXELS + ROW_PIXELS / 2
    context.strokeStyle = look.colour
    context.lineWidth = 3
    context.setLineDash({ solid: [], dashed: [5, 3], dotted: [2, 2] }[look.dash])
    context.beginPath()
    context.moveTo(PADDING, y)
    context.lineTo(PADDING + SWATCH_PIXELS, y)
    context.stroke()
    const x = PADDING + SWATCH_PIXELS + 8
    const nameWidth = write(name, x, y, '12px', colours.text, inner * 0.5)
    write(facts, x + nameWidth + 12, y, '12px', colours.textFaint, inner - SWATCH_PIXELS - nameWidth - 20)
  })
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  if (blob === null) throw new Error('the picture could not be made')
  return new Uint8Array(await blob.arrayBuffer())
}
