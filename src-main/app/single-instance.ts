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

/** One instance a user-data folder: a second launch hands its arguments to the first. */
export const keepOneInstance = {
  /** Whether this is the first instance. */
  acquire(): boolean {
    return app.requestSingleInstanceLock({ args: ownArguments(), workingDirectory: process.cwd() })
  },

  /** Tells of each further launch. Electron reorders the arguments it passes itself, so ours come with the lock. */
  onSecondLaunch(listener: (args: string[], workingDirectory: string) => void): void {
    app.on('second-instance', (_event, _argv, _directory, data) => {
      const launch = launchSchema.safeParse(data)
      if (launch.success) listener(launch.data.args, launch.data.workingDirectory)
    })
  },
}
