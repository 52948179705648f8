/** Where a way through the network shall lead. */
export interface Target {
  /** A name, or an address without brackets. */
  readonly host: string
  readonly port: number
}
