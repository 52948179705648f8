import { z } from '@shared/schema'

/** A host name, or an IP address, with brackets or without. */
export const hostSchema = z.string().trim().min(1).max(253).regex(/^[^\s/@?#]+$/)

/** A TCP port that can be connected to. */
export const portSchema = z.number().int().min(1).max(65_535)
