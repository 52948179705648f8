import type { z } from '@shared/schema'

/**
 * `values` with the fields that are not valid as they are by default: for values without effect, which nobody can
 * mend because their fields are switched off.
 */
export function onlyValid<Values extends object>(
  values: Record<keyof Values, unknown>,
  schema: z.ZodType<Values>,
  defaults: Values,
): Record<keyof Values, unknown> {
  const parsed = schema.safeParse(values)
  if (parsed.success) return values
  const wrong = new Set(parsed.error.issues.map(({ path: [field] }) => field))
  const names = (Object.keys(defaults) as (keyof Values)[]).filter((name) => wrong.has(name))
  return names.reduce((mended, name) => ({ ...mended, [name]: defaults[name] }), values)
}
