import type { z } from '@shared/schema'

/** A schema and the way to it, e.g. `profiles.save.args.draft.subscriptions[]`. */
export interface SchemaAt {
  path: string
  schema: z.core.$ZodType
}

/** The schema and all schemas inside it. Throws on a kind it does not know, so that none is passed over. */
export function schemasWithin(schema: z.core.$ZodType, path: string, above: readonly z.core.$ZodType[] = []): SchemaAt[] {
  // A schema that holds itself is gone through once.
  if (above.includes(schema)) return []
  const within = children(schema, path).flatMap(({ schema: child, path: at }) => schemasWithin(child, at, [...above, schema]))
  return [{ path, schema }, ...within]
}

function children(schema: z.core.$ZodType, path: string): SchemaAt[] {
  const { def } = (schema as z.core.$ZodTypes)._zod
  switch (def.type) {
    case 'object':
      return Object.entries(def.shape).map(([key, child]) => ({ path: `${path}.${key}`, schema: child }))
    case 'array':
      return [{ path: `${path}[]`, schema: def.element }]
    case 'union':
      return def.options.map((option, index) => ({ path: `${path}|${index}`, schema: option }))
    case 'record':
      return [{ path: `${path}{}`, schema: def.valueType }]
    case 'optional':
    case 'nullable':
    case 'readonly':
    case 'default':
      return [{ path, schema: def.innerType }]
    case 'lazy':
      return [{ path, schema: def.getter() }]
    case 'string':
    case 'number':
    case 'boolean':
    case 'enum':
    case 'literal':
    case 'undefined':
    case 'null':
    case 'unknown':
    case 'custom': // z.instanceof
      return []
    default:
      throw new Error(`${path} is a ${def.type}, of which schemasWithin knows nothing`)
  }
}
