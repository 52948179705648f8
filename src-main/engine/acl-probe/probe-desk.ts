import type { ProbeOrder, ProbePiece } from '@shared/acl/probe'
import { AppError } from '@shared/ipc/app-error'
import type { ConnectionPlace } from '../connection/connection-machine'
import { ProbeRun } from './probe-run'

/** Asks the broker of a connection what it allows: one probe at a time, a new one ends the one before. */
export class ProbeDesk {
  #probeId = 0
  #run: ProbeRun | null = null

  /** @param placeOf where the connection is online; null when it is not */
  constructor(private readonly placeOf: () => ConnectionPlace | null) {}

  /** Begins; the number by which the answers are read. @throws {AppError} `connection-not-online` */
  start(order: ProbeOrder): number {
    const place = this.placeOf()
    // A device of Azure IoT Hub signs in by a token of its own: there is nobody to sign in as.
    if (place?.config.azureDevice !== null) throw new AppError('connection-not-online', 'The connection is not online')
    this.#run?.cancel()
    this.#run = new ProbeRun(place, order)
    this.#probeId += 1
    return this.#probeId
  }

  /** The next answers; of a probe that is gone: that there are no more. */
  async next(probeId: number): Promise<ProbePiece> {
    return probeId === this.#probeId && this.#run !== null ? this.#run.next() : { answers: [], isLast: true }
  }

  cancel(): void {
    this.#run?.cancel()
  }
}
