import { z } from '@shared/schema'

export const MAX_ENVIRONMENTS = 50
export const MAX_ENVIRONMENT_VARIABLES = 200

/** Names that `{{env.name}}` can say without brackets. */
const variableNameSchema = z
  .string()
  .max(100)
  .regex(/^[A-Za-z_][\w-]*$/)

const allDifferent = (names: readonly string[]): boolean => new Set(names).size === names.length

/** Values for templates that belong together, as those of a test plant. */
export const environmentSchema = z.strictObject({
  id: z.uuid(),
  name: z.string().trim().min(1).max(100),
  variables: z
    .array(z.strictObject({ name: variableNameSchema, value: z.string().max(10_000) }))
    .max(MAX_ENVIRONMENT_VARIABLES)
    .refine((variables) => allDifferent(variables.map(({ name }) => name))),
})
export type Environment = z.infer<typeof environmentSchema>

/** The environments of a profile, and which of them counts. They are no place for secrets: the page shows them, the disk has them as they are. */
export const environmentsSchema = z
  .strictObject({ list: z.array(environmentSchema).max(MAX_ENVIRONMENTS), activeId: z.uuid().nullable() })
  .refine(({ list, activeId }) => activeId === null || list.some(({ id }) => id === activeId))
export type Environments = z.infer<typeof environmentsSchema>

export const NO_ENVIRONMENTS: Environments = { list: [], activeId: null }

/** Whether a variable may have this name. */
export function isVariableName(name: string): boolean {
  return variableNameSchema.safeParse(name).success
}

/** The variables of the active environment, by their full names: `env.name`. */
export function environmentVariables({ list, activeId }: Environments): ReadonlyMap<string, string> {
  const active = list.find(({ id }) => id === activeId)
  return new Map(active?.variables.map(({ name, value }) => [`env.${name}`, value]))
}
