import type { Dialog } from 'electron'
import type { Connection } from '@shared/connection/connection'
import { ruleFor } from '@shared/schemas/payload-rules'
import { isRefused, type JsonProblem, type SchemaFile, type SchemaRefusal, type SchemaReport } from '@shared/schemas/schema-file'
import type { Handlers } from '../ipc/handlers'
import { readChosenSchema } from './chosen-schemas'
import type { SchemaDraft, SchemaKeeper } from './schema-keeper'

type Tab = Pick<Connection, 'id' | 'source'>

/** What takes schemas apart. Both reject with `payload-took-too-long` where a schema makes that happen. */
export interface SchemaThread {
  /** What each of the wanted files says, among all files it may refer to. */
  inspectSchemas(files: readonly SchemaFile[], wanted: readonly string[]): Promise<SchemaReport[]>
  /** What is wrong with a text by a JSON Schema. */
  validateJson(text: string, files: readonly SchemaFile[], schemaId: string): Promise<JsonProblem[]>
}

type OwnChannel = Extract<keyof Handlers, `schemas.${string}` | `payload-rules.${string}`>

/** `tabOf` throws `connection-not-found`. The page never names a path: the user does, in a dialog of the system's. */
export function schemaHandlers(
  keeper: SchemaKeeper,
  thread: SchemaThread,
  tabOf: (connectionId: string) => Tab,
  dialog: Pick<Dialog, 'showOpenDialog'>,
): Pick<Handlers, OwnChannel> {
  /** Puts a file into the library, unless it is no schema at all. */
  const save = async (tab: Tab, draft: SchemaDraft): Promise<SchemaRefusal | null> => {
    const { library, file } = keeper.with(tab, draft)
    const [report] = await thread.inspectSchemas(library, [file.id])
    const problems = report?.problems ?? []
    if (problems.some(isRefused)) return { name: draft.name, reason: 'problems', problems }
    // Others may have come while the thread was reading.
    keeper.update(tab, keeper.with(tab, { ...draft, id: draft.id ?? null }).library)
    return null
  }

  return {
    'schemas.list': async ({ connectionId }) => {
      const files = keeper.files(tabOf(connectionId))
      const reports = await thread.inspectSchemas(files, files.map(({ id }) => id))
      return files.map(({ text, ...file }, index) => ({
        ...file,
        bytes: Buffer.byteLength(text),
        report: reports[index] ?? { types: [], problems: [] },
      }))
    },
    'schemas.read': ({ connectionId, schemaId }) => keeper.file(tabOf(connectionId), schemaId),
    'schemas.save': ({ connectionId, draft }) => save(tabOf(connectionId), draft),
    'schemas.choose-files': async ({ connectionId, replacedId }) => {
      const tab = tabOf(connectionId)
      const replaced = replacedId === null ? null : keeper.file(tab, replacedId)
      const { filePaths } = await dialog.showOpenDialog({
        properties: replaced === null ? ['openFile', 'multiSelections'] : ['openFile'],
        filters: [{ name: '.proto, .avsc, .json', extensions: ['proto', 'avsc', 'json'] }],
      })
      if (filePaths.length === 0) return null
      const refusals: SchemaRefusal[] = []
      let added = 0
      for (const path of filePaths) {
        const chosen = readChosenSchema(path)
        const draft = 'reason' in chosen || replaced === null ? chosen : { ...replaced, text: chosen.text }
        const refusal = 'reason' in draft ? draft : await save(tab, draft)
        if (refusal === null) added += 1
        else refusals.push(refusal)
      }
      return { added, refusals }
    },
    'schemas.delete': ({ connectionId, schemaId }) => {
      const tab = tabOf(connectionId)
      keeper.update(tab, keeper.files(tab).filter(({ id }) => id !== schemaId))
    },
    'schemas.validate': async ({ connectionId, topic, text }) => {
      const tab = tabOf(connectionId)
      const rule = ruleFor(keeper.rules(tab).validations, topic)
      const files = keeper.files(tab).filter(({ kind }) => kind === 'json-schema')
      const schema = files.find(({ id }) => id === rule?.schemaId)
      if (schema === undefined) return null
      return { schemaId: schema.id, schemaName: schema.name, problems: await thread.validateJson(text, files, schema.id) }
    },
    'payload-rules.read': ({ connectionId }) => keeper.rules(tabOf(connectionId)),
    'payload-rules.update': ({ connectionId, rules }) => {
      keeper.updateRules(tabOf(connectionId), rules)
    },
  }
}
