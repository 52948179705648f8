import { connectionIdSchema } from '@shared/connection/connection'
import { z } from '@shared/schema'
import { dashboardSchema, MAX_CHART_NAME_LENGTH } from './dashboard'

const nothing = z.undefined()
const connectionId = z.strictObject({ connectionId: connectionIdSchema })
/** What a file of a chart is called, unless the user says otherwise. */
const chartName = z.string().min(1).max(2 * MAX_CHART_NAME_LENGTH)
const MAX_IMAGE_BYTES = 32 * 1024 * 1024
/** What every PNG file begins with. */
const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
const png = z
  .instanceof(Uint8Array)
  .refine((bytes) => bytes.byteLength <= MAX_IMAGE_BYTES && PNG_SIGNATURE.every((byte, index) => bytes[index] === byte))

/** What the page may ask of main about charts: channel → schema of its argument and of its result. */
export const chartRequests = {
  /** The charts that the user pinned on the dashboard of a connection; kept with its profile where it has one. */
  'charts.read-dashboard': { args: connectionId, result: dashboardSchema },
  'charts.update-dashboard': { args: connectionId.extend({ dashboard: dashboardSchema }), result: nothing },
  /** Lets the user choose a file and writes all the points that a view of series shows; null when they chose none. */
  'charts.save-points': {
    args: z.strictObject({ viewId: z.number().int(), name: chartName }),
    result: z.strictObject({ name: z.string(), points: z.number().int() }).nullable(),
  },
  /** Lets the user choose a file and writes the picture of a chart; null when they chose none. */
  'charts.save-image': {
    args: z.strictObject({ name: chartName, png }),
    result: z.strictObject({ name: z.string() }).nullable(),
  },
} as const
