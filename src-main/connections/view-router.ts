import { AppError } from '@shared/ipc/app-error'
import type { ViewSpec } from '@shared/views/view-spec'
import type { PointsPiece, PointsPlace } from '../engine/engine-api'
import type { OpenConnection } from './open-connection'

/** Most views the page may have open at a time. */
const MAX_VIEWS = 200

/** Which connection each of the page's open views belongs to. */
export class ViewRouter {
  readonly #owners = new Map<number, OpenConnection>()
  #nextId = 1

  async open(connection: OpenConnection, spec: ViewSpec): Promise<number> {
    if (this.#owners.size >= MAX_VIEWS) throw new AppError('too-many', 'Too many views are open', { limit: MAX_VIEWS })
    const viewId = this.#nextId
    this.#nextId += 1
    this.#owners.set(viewId, connection)
    try {
      await connection.openView(viewId, spec)
    } catch (error) {
      this.#owners.delete(viewId)
      throw error
    }
    return viewId
  }

  /** Changes a view; one that is closed already is nobody's fault: its messages crossed on the way. */
  async update(viewId: number, spec: ViewSpec): Promise<void> {
    await this.#owners.get(viewId)?.updateView(viewId, spec)
  }

  async acknowledge(viewId: number): Promise<void> {
    await this.#owners.get(viewId)?.call('acknowledgeView', viewId)
  }

  async close(viewId: number): Promise<void> {
    const owner = this.#owners.get(viewId)
    this.#owners.delete(viewId)
    await owner?.closeView(viewId)
  }

  /** The points that a view of series shows. @throws {AppError} `view-closed` */
  async readPoints(viewId: number, at: PointsPlace | null): Promise<PointsPiece> {
    const owner = this.#owners.get(viewId)
    if (owner === undefined) throw new AppError('view-closed', 'The chart was closed before its points were read', { viewId })
    return owner.call('readPoints', viewId, at)
  }

  async reveal(viewId: number, topic: string): Promise<number | null> {
    return (await this.#owners.get(viewId)?.call('reveal', viewId, topic)) ?? null
  }

  /** Forgets the views of a connection whose tab was closed. */
  forget(connection: OpenConnection): void {
    for (const [viewId, owner] of this.#owners) if (owner === connection) this.#owners.delete(viewId)
  }

  /** Closes every view: the page that had them is gone. */
  async closeAll(): Promise<void> {
    await Promise.all([...this.#owners.keys()].map((viewId) => this.close(viewId)))
  }
}
