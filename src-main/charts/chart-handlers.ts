import { basename } from 'node:path'
import type { Dialog } from 'electron'
import filenamify from 'filenamify'
import type { Dashboard } from '@shared/charts/dashboard'
import type { Connection } from '@shared/connection/connection'
import type { PointsPiece, PointsPlace } from '../engine/engine-api'
import { writeWhole } from '../files/write-whole'
import type { Handlers } from '../ipc/handlers'
import { CSV_HEAD, csvOfPoints } from './points-csv'

type ChartHandlers = Pick<Handlers, Extract<keyof Handlers, `charts.${string}`>>
type Tab = Pick<Connection, 'id' | 'source'>

/** What the charts ask of the other rooms. `tabOf` throws `connection-not-found`. */
export interface ChartSurroundings {
  readonly dashboards: { read(tab: Tab): Dashboard; update(tab: Tab, dashboard: Dashboard): void }
  tabOf(connectionId: string): Tab
  /** The points that a view of the page shows. @throws {AppError} `view-closed` */
  readPoints(viewId: number, at: PointsPlace | null): Promise<PointsPiece>
  readonly dialog: Pick<Dialog, 'showSaveDialog'>
}

export function chartHandlers({ dashboards, tabOf, readPoints, dialog }: ChartSurroundings): ChartHandlers {
  const choosePath = async (name: string, extension: 'csv' | 'png'): Promise<string | null> => {
    const { canceled, filePath } = await dialog.showSaveDialog({
      defaultPath: `${filenamify(name, { replacement: '-' })}.${extension}`,
      filters: [{ name: extension.toUpperCase(), extensions: [extension] }],
    })
    return canceled || !filePath ? null : filePath
  }
  return {
    'charts.read-dashboard': ({ connectionId }) => dashboards.read(tabOf(connectionId)),
    'charts.update-dashboard': ({ connectionId, dashboard }) => {
      dashboards.update(tabOf(connectionId), dashboard)
    },
    'charts.save-points': async ({ viewId, name }) => {
      const path = await choosePath(name, 'csv')
      if (path === null) return null
      return { name: basename(path), points: await writePoints(path, (at) => readPoints(viewId, at)) }
    },
    'charts.save-image': async ({ name, png }) => {
      const path = await choosePath(name, 'png')
      if (path === null) return null
      await writeWhole(path, (write) => write(png))
      return { name: basename(path) }
    },
  }
}

/** Writes piece by piece, so that neither main nor the engine is kept busy, and says how many points there were. */
function writePoints(path: string, read: (at: PointsPlace | null) => Promise<PointsPiece>): Promise<number> {
  return writeWhole(path, async (write) => {
    await write(CSV_HEAD)
    let points = 0
    let at: PointsPlace | null = null
    do {
      const piece: PointsPiece = await read(at)
      await write(csvOfPoints(piece))
      points += piece.values.length
      at = piece.next
    } while (at !== null)
    return points
  })
}
