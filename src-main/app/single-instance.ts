import { app } from 'electron'
import { z } from '@shared/schema'

const launchSchema = z.object({ args: z.array(z.string().max(100_000)).max(1_000), workingDirectory: z.string() })

/** Our arguments: those after the executable and, when the app is not packaged, after the project's path. */
export function ownArguments(): string[] {
  const args = process.argv.slice(1)
  if (app.isPackaged) return args
  const project = args.findIndex((argument) => !argument.startsWith('-'))
  return args.filter((_argument, index) => index !== project)
}

/** Whether this is the first instance for its user-data folder; else the first is handed our arguments. */
export function becomeOnlyInstance(): boolean {
  return app.requestSingleInstanceLock({ args: ownArguments(), workingDirectory: process.cwd() })
}

/** Tells of each further launch. Electron reorders the arguments it passes itself, so ours come with the lock. */
export function onSecondLaunch(listener: (args: string[], workingDirectory: string) => void): void {
  app.on('second-instance', (_event, _argv, _directory, data) => {
    const launch = launchSchema.safeParse(data)
    if (launch.success) listener(launch.data.args, launch.data.workingDirectory)
  })
}
