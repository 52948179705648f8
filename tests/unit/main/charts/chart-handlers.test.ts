import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SaveDialogReturnValue } from 'electron'
import { parse } from 'papaparse'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { NO_CHARTS } from '@shared/charts/dashboard'
import { AppError } from '@shared/ipc/app-error'
import { chartHandlers } from '../../../../src-main/charts/chart-handlers'
import type { PointsPiece } from '../../../../src-main/engine/engine-api'

const fields = [
  { topic: '=cmd|calc', path: ['a', 0] },
  { topic: '=odd, "topic"\nline', path: [] },
]
const piece = (series: number[], values: number[], next: PointsPiece['next']): PointsPiece => ({
  fields,
  series: Uint8Array.from(series),
  timesMs: Float64Array.from(values.map((_, index) => Date.UTC(2026, 0, 2, 3, 4, 5, index))),
  values: Float64Array.from(values),
  next,
})
const place = { fields, next: [1, 1], ends: [2, 2] }

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pubscope-charts-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

function setUp(filePath: string, readPoints = vi.fn<(viewId: number, at: unknown) => Promise<PointsPiece>>()) {
  const showSaveDialog = vi.fn((_options: unknown): Promise<SaveDialogReturnValue> => Promise.resolve({ canceled: filePath === '', filePath }))
  const dashboards = { read: vi.fn(() => NO_CHARTS), update: vi.fn() }
  const handlers = chartHandlers({ dashboards, tabOf: (id) => ({ id, source: { kind: 'demo' } }), readPoints, dialog: { showSaveDialog } })
  return { handlers, readPoints, showSaveDialog, dashboards }
}

describe('charts.save-points', () => {
  it('writes every piece as CSV that another reader understands, and that no spreadsheet runs', async () => {
    const path = join(folder, 'points.csv')
    const { handlers, readPoints } = setUp(path)
    readPoints.mockResolvedValueOnce(piece([0, 1], [-1.5, 0.1 + 0.2], place)).mockResolvedValueOnce(piece([], [], place)).mockResolvedValueOnce(piece([0], [1e21], null))
    expect(await handlers['charts.save-points']({ viewId: 7, name: 'x' })).toEqual({ name: 'points.csv', points: 3 })
    expect(readPoints.mock.calls).toEqual([[7, null], [7, place], [7, place]])
    const { data, errors } = parse<string[]>(readFileSync(path, 'utf8'), { skipEmptyLines: true })
    expect(errors).toEqual([])
    expect(data).toEqual([
      ['time', 'topic', 'field', 'value'],
      ['2026-01-02T03:04:05.000Z', "'=cmd|calc", 'a[0]', '-1.5'],
      ['2026-01-02T03:04:05.001Z', '\'=odd, "topic"\nline', '', '0.30000000000000004'],
      ['2026-01-02T03:04:05.000Z', "'=cmd|calc", 'a[0]', '1e+21'],
    ])
  })

  it('proposes a name that is no path', async () => {
    const { handlers, showSaveDialog } = setUp('')
    expect(await handlers['charts.save-points']({ viewId: 1, name: '../plant/press: hot?' })).toBeNull()
    const [options] = showSaveDialog.mock.calls[0] ?? []
    expect((options as { defaultPath: string }).defaultPath).toMatch(/^[^/\\:?]+\.csv$/)
  })

  it('says why when the chart is gone, or the file cannot be written', async () => {
    const gone = setUp(join(folder, 'gone.csv'))
    gone.readPoints.mockRejectedValue(new AppError('view-closed', 'closed'))
    await expect(gone.handlers['charts.save-points']({ viewId: 1, name: 'x' })).rejects.toMatchObject({ code: 'view-closed' })
    const { handlers } = setUp(join(folder, 'no/such/folder.csv'))
    await expect(handlers['charts.save-points']({ viewId: 1, name: 'x' })).rejects.toMatchObject({ code: 'file-not-written', details: { name: 'folder.csv' } })
  })
})

describe('charts.save-image', () => {
  it('writes the bytes it is given, or nothing', async () => {
    const path = join(folder, 'chart.png')
    const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47])
    expect(await setUp(path).handlers['charts.save-image']({ name: 'x', png })).toEqual({ name: 'chart.png' })
    expect(Uint8Array.from(readFileSync(path))).toEqual(png)
    expect(await setUp('').handlers['charts.save-image']({ name: 'x', png })).toBeNull()
  })
})

describe('the dashboard', () => {
  it('is that of the tab', async () => {
    const { handlers, dashboards } = setUp('')
    expect(await handlers['charts.read-dashboard']({ connectionId: 'c' })).toEqual(NO_CHARTS)
    await handlers['charts.update-dashboard']({ connectionId: 'c', dashboard: NO_CHARTS })
    expect(dashboards.update).toHaveBeenCalledWith({ id: 'c', source: { kind: 'demo' } }, NO_CHARTS)
  })
})
