import { z } from '@shared/schema'
import { matrixSchema } from './matrix'

/** What the page may ask of main about the matrix of the ACL tester: channel → schema of its argument and of its result. */
export const matrixRequests = {
  /** Writes it as CSV to a file the user names, and tells its name; null when they name none. */
  'acl.save-matrix': { args: matrixSchema, result: z.string().nullable() },
  /** The same as a text. */
  'acl.matrix-text': { args: matrixSchema, result: z.string() },
} as const
