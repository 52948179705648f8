import type { App } from './app'

/** Answers the system's file dialogs: open this file, save to that one. */
export async function answerDialogs(app: App, open: string, save = open): Promise<void> {
  await app.electron.evaluate(
    ({ dialog }, paths) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [paths.open] })
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: paths.save })
    },
    { open, save },
  )
}
